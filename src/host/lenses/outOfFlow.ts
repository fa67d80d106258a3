/**
 * A value of `textDecoration` that takes drawn content out of the flow, so that it lies over the text and moves nothing.
 * The API has no property for that; declarations that follow the decoration's own are how extensions say it.
 *
 * @param declarations further CSS declarations
 */
export function outOfFlow(...declarations: readonly string[]): string {
  return ['none', 'position: absolute', ...declarations].join('; ');
}
