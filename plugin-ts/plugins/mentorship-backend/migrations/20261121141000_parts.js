// @ts-check

/**
 * Who has which part in which service, so that nobody's own services are searched
 * for in all of them. Versions that are there say nothing of it, so the next run
 * writes them anew.
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

  await knex.schema.createTable('mentorship_parts', table => {
    table.comment('The people whom a version of an assessment is about');
    table.integer('run_id').notNullable();
    text(table, 'entity_ref').notNullable();
    text(table, 'person_ref').notNullable();
    table.string('role', 20).notNullable();
    table.primary(['run_id', 'entity_ref', 'person_ref', 'role']);
    table.index(['person_ref', 'run_id', 'entity_ref'], 'mentorship_by_person');
  });
  await knex.schema.alterTable('mentorship_assessments', table => {
    table.dropColumn('people');
  });
  await knex('mentorship_assessments').update({ content_hash: '' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('mentorship_assessments', table => {
    table
      .text('people')
      .notNullable()
      .defaultTo('')
      .comment(';-enclosed refs of people');
  });
  await knex('mentorship_assessments').update({ content_hash: '' });
  await knex.schema.dropTable('mentorship_parts');
};
