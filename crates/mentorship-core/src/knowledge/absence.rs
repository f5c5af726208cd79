//! The contributor absence factor of CHAOSS, and its sibling by organisation.

/// The smallest number of contributors, largest first, who together made at
/// least half of all contributions. 0 where nobody contributed.
///
/// Given contributions by organisation, this is the elephant factor.
/// Contributions may be in any unit; what is not above 0 does not count.
pub fn absence_factor(contributions: impl IntoIterator<Item = f64>) -> u32 {
    let mut sorted: Vec<f64> = contributions
        .into_iter()
        .filter(|contribution| contribution.is_finite() && *contribution > 0.0)
        .collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let total: f64 = sorted.iter().sum();
    let mut sum = 0.0;
    for (count, contribution) in (1..).zip(&sorted) {
        sum += contribution;
        if 2.0 * sum >= total {
            return count;
        }
    }
    0
}
