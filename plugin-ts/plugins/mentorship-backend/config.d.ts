export interface Config {
  /** How the programme is judged and shown. */
  mentorship?: {};
}
