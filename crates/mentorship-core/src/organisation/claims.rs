//! Claims: to whom an address, a login or a name belongs, where several may say that it
//! is theirs.

use super::refs::RefId;
use mentorship_symbols::intern::Interner;

/// Whom texts mean.
#[derive(Debug, Default)]
pub(super) struct Claims {
    texts: Interner,
    /// In the order of the numbers of the texts; nobody where several said that the text
    /// is theirs and it means neither.
    holders: Vec<Option<RefId>>,
}

impl Claims {
    /// Gives a text to somebody; where somebody else has it, `choose` decides between
    /// them, the one before first. What belongs to nobody stays so.
    pub(super) fn claim(
        &mut self,
        text: &str,
        holder: RefId,
        choose: impl FnOnce(RefId, RefId) -> Option<RefId>,
    ) {
        let Some(number) = self.texts.intern(text.as_bytes()) else {
            return;
        };
        match self.holders.get_mut(number as usize) {
            Some(before) => *before = before.and_then(|before| choose(before, holder)),
            None => self.holders.push(Some(holder)),
        }
    }

    /// Who has a text.
    pub(super) fn holder(&self, text: &str) -> Option<RefId> {
        let number = self.texts.find(text.as_bytes())?;
        self.holders.get(number as usize).copied().flatten()
    }
}
