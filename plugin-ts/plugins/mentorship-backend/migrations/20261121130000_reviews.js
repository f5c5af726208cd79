// @ts-check

/**
 * Reviews on code hosts, so that a run asks for what is new only.
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

  await knex.schema.createTable('mentorship_reviews', table => {
    table.comment('How each code host fared with each repository');
    table.string('source', 64).notNullable();
    text(table, 'repository').notNullable();
    table.primary(['source', 'repository']);
    table.string('state', 10).notNullable();
    table.string('succeeded_at', 30);
    table.string('since', 10).comment('The first day that is known');
    table.string('failed_at', 30);
    table.text('reason');
  });

  await knex.schema.createTable('mentorship_reviewed_changes', table => {
    table.comment('Changes that somebody but their author looked at');
    table.string('source', 64).notNullable();
    text(table, 'repository').notNullable();
    text(table, 'change').notNullable();
    table.primary(['source', 'repository', 'change']);
    table.string('day', 10).notNullable().comment('Of the last review');
    table.text('reviews').notNullable().comment('JSON of ReviewEvidence');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_reviewed_changes');
  await knex.schema.dropTable('mentorship_reviews');
};
