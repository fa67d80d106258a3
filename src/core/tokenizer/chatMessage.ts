/** One message of a conversation, as chat templates take it. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}
