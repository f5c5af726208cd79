// @ts-check

/**
 * What the CSV export said in each week, for good.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('mentorship_snapshots', table => {
    table.comment('Weeks of which a snapshot was taken, each once');
    table.string('attempt', 36).primary();
    table.string('scope', 20).notNullable();
    table.integer('iso_year').notNullable();
    table.integer('iso_week').notNullable();
    table.unique(['scope', 'iso_year', 'iso_week']);
    table.string('taken_at', 30).notNullable();
    table.string('as_of', 10).notNullable();
    table.integer('services').notNullable();
    table.text('header').notNullable().comment('The header line of its time');
  });

  await knex.schema.createTable('mentorship_snapshot_parts', table => {
    table.comment('Lines by the attempt that wrote them; one attempt counts');
    table.string('attempt', 36).notNullable();
    table.integer('part').notNullable();
    table.primary(['attempt', 'part']);
    table.string('begun_at', 30).notNullable().comment('When the attempt was');
    table.binary('lines').notNullable().comment('JSON, deflated');
  });

  await knex.schema.createTable('mentorship_snapshot_people', table => {
    table.comment(
      'Whom lines mean; who is erased here is blank in all of them',
    );
    table.increments('id');
    table.text('cell').notNullable().unique();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_snapshot_people');
  await knex.schema.dropTable('mentorship_snapshot_parts');
  await knex.schema.dropTable('mentorship_snapshots');
};
