//! Some of the people of a history.

use super::person::PersonId;

/// Some of the people of a history, by their places in [`super::History::people`]: who
/// has left, say. Made once, it answers for any number of scopes; somebody whose place
/// it does not reach is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonSet(Vec<bool>);

impl PersonSet {
    /// Nobody.
    pub const fn nobody() -> Self {
        Self(Vec::new())
    }

    /// Those of `people`, which are in the history's order, of whom `is` holds.
    pub fn of<P>(people: &[P], is: impl Fn(&P) -> bool) -> Self {
        Self(people.iter().map(is).collect())
    }

    /// Whether somebody is one of them.
    pub fn contains(&self, person: PersonId) -> bool {
        self.0.get(person as usize).copied().unwrap_or(false)
    }

    /// These and those.
    pub(crate) fn and(&self, others: &Self) -> Self {
        let (Self(longer), Self(shorter)) = match self.0.len() < others.0.len() {
            true => (others, self),
            false => (self, others),
        };
        let mut all = longer.clone();
        for (is_one, other) in all.iter_mut().zip(shorter) {
            *is_one |= other;
        }
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_out_of_reach_is_not_in_it() {
        let set = PersonSet::of(&[1, 2, 3], |number| number % 2 == 1);
        assert_eq!(
            [0, 1, 2, 3].map(|person| set.contains(person)),
            [true, false, true, false]
        );
        assert!(!PersonSet::nobody().contains(0));
    }

    #[test]
    fn sets_of_different_reach_are_united() {
        let first = PersonSet::of(&[true], |is| *is);
        let third = PersonSet::of(&[false, false, true], |is| *is);
        for united in [first.and(&third), third.and(&first)] {
            assert_eq!(
                [0, 1, 2].map(|person| united.contains(person)),
                [true, false, true]
            );
        }
    }
}
