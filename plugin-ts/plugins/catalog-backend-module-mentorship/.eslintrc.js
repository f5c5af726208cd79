module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // What is public and important stands first, its helpers below.
    '@typescript-eslint/no-use-before-define': [
      'error',
      { functions: false, classes: false, variables: false },
    ],
  },
});
