// @ts-check

/**
 * Who froze a baseline, and when; empty for those that were frozen before.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('mentorship_baselines', table => {
    table.string('set_by', 255).comment('The ref of the user');
    table.string('set_at', 30).comment('RFC 3339, in UTC');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('mentorship_baselines', table => {
    table.dropColumns('set_by', 'set_at');
  });
};
