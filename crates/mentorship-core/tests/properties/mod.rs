//! How often a property is tried.

use proptest::prelude::ProptestConfig;

/// Of the cases that a property is usually tried on where one costs little.
const USUAL: u32 = 256;

/// For a property that `cases` cases do for in a test run: as many times more as
/// `PROPTEST_CASES` asks for more than usual.
///
/// `ProptestConfig::with_cases` would take `cases` whatever the environment asks.
pub fn tried_on(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig::default();
    config.cases = (config.cases.saturating_mul(cases) / USUAL).max(1);
    config
}
