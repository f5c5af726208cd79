// @ts-check

/** Larger than any run; see `src/database/rows.ts`. */
const STILL = 2147483647;

const RESULT_TABLES = [
  'mentorship_assessments',
  'mentorship_rows',
  'mentorship_reports',
];

/**
 * Results outlive the run that wrote them for as long as they do not change:
 * a version holds from its `run_id` on, until `until_run` replaced it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const current = await knex('mentorship_current_run').first('run_id');
  for (const table of RESULT_TABLES) {
    await knex(table)
      .whereNot({ run_id: current?.run_id ?? 0 })
      .delete();
  }
  await knex.schema.alterTable('mentorship_evidence_places', table => {
    table.string('changed_at', 30).comment('When the commit was read first');
  });
  await knex.schema.alterTable('mentorship_assessments', table => {
    table
      .integer('until_run')
      .notNullable()
      .defaultTo(STILL)
      .comment('The run that replaced this version');
    table
      .string('content_hash', 32)
      .notNullable()
      .defaultTo('')
      .comment('Equal where nothing changed but when evidence was collected');
    table
      .text('repository')
      .comment('Whose freshness is the freshness of what is said');
    table.dropIndex([], 'mentorship_by_level');
    table.dropIndex([], 'mentorship_by_owner');
    table.dropIndex([], 'mentorship_by_system');
    table.dropIndex([], 'mentorship_by_title');
    const version = ['until_run', 'run_id'];
    table.index(['entity_ref', ...version], 'mentorship_by_ref');
    table.index(['until_run', 'entity_ref'], 'mentorship_by_version');
    table.index(
      ['level_rank', 'entity_ref', 'level', ...version],
      'mentorship_in_level',
    );
    table.index(['owner', ...version], 'mentorship_of_owner');
    table.index(['system', ...version], 'mentorship_of_system');
    table.index(['title', 'entity_ref', ...version], 'mentorship_in_title');
  });
};

/**
 * Without versions no result can be told from one that was replaced, so all go
 * and the next run writes them anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('mentorship_current_run').update({
    run_id: null,
    previous_run_id: null,
  });
  for (const table of RESULT_TABLES) {
    await knex(table).delete();
  }
  await knex.schema.alterTable('mentorship_evidence_places', table => {
    table.dropColumn('changed_at');
  });
  await knex.schema.alterTable('mentorship_assessments', table => {
    for (const index of [
      'mentorship_by_ref',
      'mentorship_by_version',
      'mentorship_in_level',
      'mentorship_of_owner',
      'mentorship_of_system',
      'mentorship_in_title',
    ]) {
      table.dropIndex([], index);
    }
    table.dropColumns('until_run', 'content_hash', 'repository');
    table.index(
      ['run_id', 'level_rank', 'entity_ref', 'level'],
      'mentorship_by_level',
    );
    table.index(['run_id', 'owner'], 'mentorship_by_owner');
    table.index(['run_id', 'system'], 'mentorship_by_system');
    table.index(['run_id', 'title', 'entity_ref'], 'mentorship_by_title');
  });
};
