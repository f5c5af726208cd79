// @ts-check

/**
 * How the history of a place fared, apart from its files: a shallow clone has
 * good files and no history. The places that are known get it in the next run.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('mentorship_evidence_places', table => {
    table
      .string('history_state', 10)
      .comment('found, stale, missing or failed; null: not collected');
    table.text('history_reason').comment('Why it is stale or failed');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('mentorship_evidence_places', table => {
    table.dropColumn('history_state');
    table.dropColumn('history_reason');
  });
};
