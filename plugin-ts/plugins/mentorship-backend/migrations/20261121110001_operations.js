// @ts-check

/**
 * What tools answered about operation, so that a run asks for what is new only.
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

  await knex.schema.createTable('mentorship_operations', table => {
    table.comment('How each source fared with each kind of evidence');
    table.string('source', 64).notNullable();
    table.string('kind', 20).notNullable();
    table.primary(['source', 'kind']);
    table.string('state', 10).notNullable();
    table.text('asked_ids').notNullable().comment('JSON of the tool ids');
    table.string('succeeded_at', 30);
    table.string('complete_at', 30).comment('When all days were looked at');
    table.string('since', 10).comment('The first day that is known');
    table.text('known_ids').comment('JSON of the tool ids that it is known of');
    table.string('failed_at', 30);
    table.text('reason');
  });

  await knex.schema.createTable('mentorship_operations_answers', table => {
    table.comment('Answers of tools, for the core to read');
    table.string('source', 64).notNullable();
    table.string('kind', 20).notNullable();
    text(table, 'key').notNullable();
    table.primary(['source', 'kind', 'key']);
    table.text('version').notNullable();
    table.string('day', 10).comment('The day that it speaks of');
    table.binary('answer').notNullable().comment('JSON, deflated');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_operations_answers');
  await knex.schema.dropTable('mentorship_operations');
};
