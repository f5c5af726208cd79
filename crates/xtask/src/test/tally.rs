//! Counts what test runners report: cargo's, Jest's and Node's.

/// How many tests passed, failed, were ignored, or found no data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub ignored: u32,
    /// Tests that passed without testing, for the data beside the checkout is absent.
    pub without_data: u32,
}

impl Tally {
    /// One check that passed.
    pub fn one() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    /// Counts a failure that no test was blamed for.
    pub fn at_least_one_failed(mut self) -> Self {
        self.failed = self.failed.max(1);
        self
    }

    /// Both counts together.
    pub fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
            without_data: self.without_data + other.without_data,
        }
    }
}

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; …`, one for each binary,
/// and the `skipped: no data …` of tests that say so.
pub fn of_cargo(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text.lines() {
        if let Some(result) = line.strip_prefix("test result: ") {
            tally = tally.and(Tally {
                passed: before(result, "passed"),
                failed: before(result, "failed"),
                ignored: before(result, "ignored"),
                without_data: 0,
            });
        } else if line.starts_with("skipped: no data") {
            tally.without_data += 1;
        }
    }
    tally.passed = tally.passed.saturating_sub(tally.without_data);
    tally
}

/// Reads `Tests: 1 failed, 2 skipped, 40 passed, 43 total`; a suite that did not
/// run at all, as with a syntax error, counts as one failed test.
pub fn of_jest(text: &str) -> Tally {
    let summary = |name: &str| text.lines().rfind(|line| line.starts_with(name));
    let tests = summary("Tests:").unwrap_or_default();
    let suites = summary("Test Suites:").unwrap_or_default();
    Tally {
        passed: before(tests, "passed"),
        failed: before(tests, "failed").max(before(suites, "failed")),
        ignored: before(tests, "skipped") + before(tests, "todo"),
        without_data: 0,
    }
}

/// Reads `ℹ pass 12`, `ℹ fail 0` … of the `spec` reporter.
pub fn of_node(text: &str) -> Tally {
    let count = |name: &str| {
        text.lines()
            .rev()
            .find_map(|line| line.strip_prefix("ℹ ")?.strip_prefix(name))
            .and_then(|count| count.trim().parse().ok())
            .unwrap_or(0)
    };
    Tally {
        passed: count("pass "),
        failed: count("fail ") + count("cancelled "),
        ignored: count("skipped ") + count("todo "),
        without_data: 0,
    }
}

/// The names of the tests that a runner says failed, in the order of its report:
/// cargo's `test name ... FAILED`, Jest's `● suite › name`, Node's `✖ name (12ms)`.
pub fn names_of_failed(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let of_cargo = line
            .strip_prefix("test ")
            .and_then(|line| line.strip_suffix(" ... FAILED"));
        let of_jest = line.strip_prefix("● ").filter(|name| name.contains(" › "));
        let of_node = line
            .strip_prefix("✖ ")
            .filter(|name| *name != "failing tests:");
        let name = of_cargo.or(of_jest).or(of_node);
        if let Some(name) = name.map(str::to_owned).filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

/// The number before a word; 0 where the word is not there.
fn before(text: &str, word: &str) -> u32 {
    let mut last = "";
    for each in text
        .split([' ', ';', ',', '.'])
        .filter(|each| !each.is_empty())
    {
        if each == word {
            return last.parse().unwrap_or(0);
        }
        last = each;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cargo_over_all_binaries() {
        let text = "\
running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
skipped: no data at ../shared/data
test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 0 filtered out";
        let expected = Tally {
            passed: 4,
            failed: 1,
            ignored: 4,
            without_data: 1,
        };
        assert_eq!(of_cargo(text), expected);
    }

    #[test]
    fn counts_jest_with_suites_that_did_not_run() {
        let text = "\
Test Suites: 2 failed, 5 passed, 7 total
Tests:       1 failed, 2 skipped, 40 passed, 43 total
Snapshots:   0 total";
        let expected = Tally {
            passed: 40,
            failed: 2,
            ignored: 2,
            without_data: 0,
        };
        assert_eq!(of_jest(text), expected);
    }

    #[test]
    fn counts_node() {
        let text =
            "ℹ tests 15\nℹ suites 2\nℹ pass 13\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0";
        let expected = Tally {
            passed: 13,
            failed: 1,
            ignored: 1,
            without_data: 0,
        };
        assert_eq!(of_node(text), expected);
    }

    #[test]
    fn names_what_failed_once_each() {
        let text = "\
test knows::a_path ... ok
test knows::a_file ... FAILED
  ● Console
  ● MentorshipPage › starts a run where permitted
✔ opens (3ms)
✖ closes (12.5ms)
✖ failing tests:
✖ closes (12.5ms)";
        assert_eq!(
            names_of_failed(text),
            [
                "knows::a_file",
                "MentorshipPage › starts a run where permitted",
                "closes (12.5ms)"
            ]
        );
    }

    #[test]
    fn counts_nothing_where_nothing_is_reported() {
        for count in [of_cargo, of_jest, of_node] {
            assert_eq!(count("error: could not compile"), Tally::default());
        }
    }
}
