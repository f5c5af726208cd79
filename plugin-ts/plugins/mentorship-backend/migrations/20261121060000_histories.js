// @ts-check

/**
 * Histories as the core stored them, so that a run reads only new commits.
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

  await knex.schema.createTable('mentorship_histories', table => {
    table.comment('How far the history of each repository was read');
    table.string('source', 64).notNullable();
    text(table, 'repository').notNullable();
    table.primary(['source', 'repository']);
    table.string('tip', 64).comment('The last commit of the stored history');
    table.integer('commits');
    text(table, 'basis').comment('What git itself made of the commits with');
    table.string('collected_at', 30);
    table
      .string('reading', 12)
      .comment('full or incremental: how it was read last');
    table.text('full_because').comment('Why it was not read incrementally');
  });

  await knex.schema.createTable('mentorship_history_parts', table => {
    table.comment('Bytes of the core, cut so that no statement takes long');
    table.string('source', 64).notNullable();
    text(table, 'repository').notNullable();
    table.integer('part').notNullable();
    table.primary(['source', 'repository', 'part']);
    table.binary('bytes').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_history_parts');
  await knex.schema.dropTable('mentorship_histories');
};
