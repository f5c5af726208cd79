// @ts-check

/**
 * The services of a place change while its evidence does not.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('mentorship_evidence_places', table => {
    table.text('services').comment('JSON of the ServicePlaces that live there');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('mentorship_evidence_places', table => {
    table.dropColumn('services');
  });
};
