// @ts-check

/**
 * Who was reminded of what, so that nobody is reminded twice.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('mentorship_reminders', table => {
    table
      .string('key', 64)
      .primary()
      .comment('Of service, reminder, recipient');
    table.text('recipient').notNullable();
    table.string('told_at', 30).notNullable().index();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mentorship_reminders');
};
