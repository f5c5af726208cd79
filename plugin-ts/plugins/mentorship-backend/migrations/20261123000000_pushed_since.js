// @ts-check

/**
 * Since when a pipeline looked may be a time. SQLite holds no text to its length.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await resize(knex, 30);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // What only the days before know how to keep.
  await knex('mentorship_pushed_evidence')
    .where('since', 'like', '%T%')
    .delete();
  await resize(knex, 10);
};

/**
 * @param {import('knex').Knex} knex
 * @param {number} length
 */
async function resize(knex, length) {
  if (knex.client.config.client === 'pg') {
    await knex.schema.raw(
      `alter table mentorship_pushed_evidence alter column since type varchar(${length})`,
    );
  }
}
