/** The embedded database can't be had; the message says why and what to do, for a person. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = "EmbeddedDatabaseError";
  readonly code = "embedded_database";
}
