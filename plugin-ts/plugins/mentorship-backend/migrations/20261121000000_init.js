// @ts-check

/**
 * Runs, their results, and the state of the sources of evidence.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  /**
   * Refs and words are compared by code point on every database, so that
   * paging by "greater than" agrees with the order of the list.
   *
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} name
   */
  const text = (table, name) =>
    knex.client.config.client === 'pg'
      ? table.specificType(name, 'text collate "C"')
      : table.text(name);

  await knex.schema.createTable('mentorship_runs', table => {
    table.comment('Passes over the whole catalog; a later one has a larger id');
    table.increments('id');
    table.string('as_of', 10).notNullable();
    table.string('started_at', 30).notNullable();
    table.string('finished_at', 30);
    table.string('outcome', 10).notNullable();
    table.integer('entities');
    table.integer('services');
    table.integer('errors');
    table.text('failure');
  });

  await knex.schema.createTable('mentorship_current_run', table => {
    table.comment('The one run whose results are read; always one row');
    table.string('slot', 10).primary();
    table.integer('run_id').references('mentorship_runs.id');
    table.integer('previous_run_id');
  });
  await knex('mentorship_current_run').insert({ slot: 'current' });

  await knex.schema.createTable('mentorship_assessments', table => {
    table.comment(
      'What lists filter and order by; narrow, because lists read all of it',
    );
    table.integer('run_id').notNullable().references('mentorship_runs.id');
    text(table, 'entity_ref').notNullable();
    table.primary(['run_id', 'entity_ref']);
    text(table, 'title').notNullable().comment('In lower case, for ordering');
    text(table, 'kind').notNullable();
    text(table, 'type');
    text(table, 'lifecycle');
    table.integer('tier');
    text(table, 'owner');
    text(table, 'system');
    table.string('level', 20).notNullable();
    table.integer('level_rank').notNullable();
    table.integer('score');
    table.integer('coverage');
    table.string('mentorship_status', 20).notNullable();
    table.integer('apprentices');
    table.string('next_milestone_due', 10);
    table.string('steward_since', 10);
    table.string('rotation_state', 20).notNullable();
    table.string('rotation_due', 10);
    table.integer('bus_factor');
    table.string('bus_factor_verdict', 20).notNullable();
    table.text('failed_rules').notNullable().comment(';-enclosed rule ids');
    table.text('people').notNullable().comment(';-enclosed refs of people');
    table.text('words').notNullable().comment('What a text search reads');
    table.index(
      ['run_id', 'level_rank', 'entity_ref', 'level'],
      'mentorship_by_level',
    );
    table.index(['run_id', 'owner'], 'mentorship_by_owner');
    table.index(['run_id', 'system'], 'mentorship_by_system');
    table.index(['run_id', 'title', 'entity_ref'], 'mentorship_by_title');
  });

  await knex.schema.createTable('mentorship_rows', table => {
    table.comment('What lists and the CSV export show of each service');
    table.integer('run_id').notNullable().references('mentorship_runs.id');
    text(table, 'entity_ref').notNullable();
    table.primary(['run_id', 'entity_ref']);
    table.text('row').notNullable().comment('JSON of the AssessmentRow');
    table.text('csv').notNullable();
  });

  await knex.schema.createTable('mentorship_reports', table => {
    table.comment('The full assessments: JSON, deflated to a sixth');
    table.integer('run_id').notNullable().references('mentorship_runs.id');
    text(table, 'entity_ref').notNullable();
    table.primary(['run_id', 'entity_ref']);
    table.binary('named').notNullable();
    table.binary('counted').notNullable();
  });

  await knex.schema.createTable('mentorship_run_errors', table => {
    table.comment('Entities and repositories that a run could not judge');
    table.increments('id');
    table.integer('run_id').notNullable().references('mentorship_runs.id');
    table.text('place').notNullable().comment('An entity ref or a repository');
    table.text('message').notNullable();
    table.index(['run_id'], 'mentorship_run_errors_by_run');
  });

  await knex.schema.createTable('mentorship_evidence_places', table => {
    table.comment(
      'How each source fared at each place; its last good evidence',
    );
    table.string('source', 64).notNullable();
    text(table, 'repository').notNullable();
    table.primary(['source', 'repository']);
    table.string('state', 20).notNullable();
    table.string('succeeded_at', 30);
    table.string('failed_at', 30);
    table.text('reason');
    table.string('commit', 64);
    table.text('evidence').comment('JSON of the last good RepositoryEvidence');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_evidence_places');
  await knex.schema.dropTable('mentorship_run_errors');
  await knex.schema.dropTable('mentorship_reports');
  await knex.schema.dropTable('mentorship_rows');
  await knex.schema.dropTable('mentorship_assessments');
  await knex.schema.dropTable('mentorship_current_run');
  await knex.schema.dropTable('mentorship_runs');
};
