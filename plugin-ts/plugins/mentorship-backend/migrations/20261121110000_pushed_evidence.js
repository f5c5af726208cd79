// @ts-check

/**
 * Evidence that pipelines pushed, in parts that a later push replaces each by
 * itself.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} name
   */
  const text = (table, name) =>
    knex.client.config.client === 'pg'
      ? table.specificType(name, 'text collate "C"')
      : table.text(name);

  await knex.schema.createTable('mentorship_pushed_evidence', table => {
    table.comment('What pipelines pushed of each service, and which one did');
    text(table, 'entity_ref').notNullable();
    table
      .string('kind', 20)
      .notNullable()
      .comment('repository, or the kind of evidence on operation');
    table
      .string('outcome', 10)
      .notNullable()
      .comment('found, or failed where somebody looked in vain');
    table
      .string('since', 10)
      .notNullable()
      .comment('The first day that was looked at; empty: all there is');
    table.primary(['entity_ref', 'kind', 'outcome', 'since']);
    table.string('collected_at', 30).notNullable();
    table.string('received_at', 30).notNullable();
    table.text('subject').notNullable().comment('Whose token pushed it');
    table.binary('document').notNullable().comment('JSON, deflated');
    table.index(['kind', 'entity_ref'], 'mentorship_pushed_by_kind');
    table.index(['collected_at'], 'mentorship_pushed_by_age');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_pushed_evidence');
};
