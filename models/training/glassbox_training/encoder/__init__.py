"""The encoder: text and code to vectors, masked tokens, and whether one block follows another."""
