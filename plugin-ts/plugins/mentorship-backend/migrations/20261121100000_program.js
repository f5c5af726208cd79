// @ts-check

/**
 * The program with what its owner decided, the risk of each service, and the days on
 * which a service changed.
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

  await knex.schema.alterTable('mentorship_assessments', table => {
    // The first three and the ref are the core's order of the risk queue.
    table.integer('risk_points').notNullable().defaultTo(0);
    table.integer('risk_incidents').notNullable().defaultTo(0);
    table.integer('risk_tier').notNullable().defaultTo(255);
  });
  await knex.raw(
    `create index mentorship_by_risk on mentorship_assessments
      (risk_points desc, risk_incidents desc, risk_tier, entity_ref, until_run, run_id)`,
  );
  await knex.schema.alterTable('mentorship_rows', table => {
    table.text('risk').comment('JSON of the ServiceRisk');
  });

  await knex.schema.createTable('mentorship_programs', table => {
    table.comment('The program as the engine of each run summed it up');
    table.integer('run_id').primary().references('mentorship_runs.id');
    table.text('program').notNullable().comment('JSON of the Program');
    table.text('decided').notNullable().comment('JSON that it rests on');
  });

  await knex.schema.createTable('mentorship_baselines', table => {
    table.comment('Baselines that the program owner froze');
    table.string('measure', 64).primary();
    table.double('value').notNullable();
  });

  await knex.schema.createTable('mentorship_rollout', table => {
    table.comment('Steps of the rollout that the program owner confirmed');
    table.string('step', 64).primary();
    table.string('confirmed_on', 10).notNullable();
  });

  await knex.schema.createTable('mentorship_points', table => {
    table.comment('What a service was from a day on, until its next point');
    text(table, 'entity_ref').notNullable();
    table.string('day', 10).notNullable();
    table.primary(['entity_ref', 'day']);
    table.text('point').notNullable().comment('JSON of a HistoryPoint');
    table.index(['day'], 'mentorship_points_by_day');
  });

  await knex.schema.alterTable('mentorship_current_run', table => {
    table
      .integer('points_run_id')
      .comment('The last run whose points were kept');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('mentorship_current_run', table => {
    table.dropColumn('points_run_id');
  });
  await knex.schema.dropTable('mentorship_points');
  await knex.schema.dropTable('mentorship_rollout');
  await knex.schema.dropTable('mentorship_baselines');
  await knex.schema.dropTable('mentorship_programs');
  await knex.schema.alterTable('mentorship_rows', table => {
    table.dropColumn('risk');
  });
  await knex.schema.alterTable('mentorship_assessments', table => {
    table.dropIndex([], 'mentorship_by_risk');
    table.dropColumns('risk_points', 'risk_incidents', 'risk_tier');
  });
};
