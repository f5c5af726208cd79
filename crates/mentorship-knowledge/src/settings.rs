//! How a history is read, beside the history itself.

use crate::mailmap::Mailmap;
use crate::{AliasGroups, BotPatterns, FileFilter};

/// How a history is read, beside the history itself.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Names and addresses that belong to one person.
    pub aliases: AliasGroups,
    /// Whom trailers mean, by the repository's mailmap.
    pub mailmap: Mailmap,
    /// Who is no human being.
    pub bots: BotPatterns,
    /// Full names of commits that count for nobody, such as reformattings.
    pub ignored_revisions: Vec<String>,
    /// The files that `authorship` counts.
    pub filter: FileFilter,
    /// Today, in seconds since 1970: commits dated later are taken for made
    /// today. `None` believes every date.
    pub today: Option<i64>,
}

/// Commits that reformat, by the convention of `git blame`.
const IGNORED_REVISIONS: &str = ".git-blame-ignore-revs";
/// Who is who, by gitmailmap(5); git itself does not apply it to trailers.
const MAILMAP: &str = ".mailmap";

impl Settings {
    /// The files at the top of a repository that say how its history is to be read, for
    /// [`Self::take_file`]: which commits count for nobody, and whom trailers name, as git
    /// has mapped the authors.
    pub const FILES: [&'static str; 2] = [IGNORED_REVISIONS, MAILMAP];

    /// Takes what one of [`Self::FILES`] says; any other file says nothing.
    pub fn take_file(&mut self, path: &str, content: &[u8]) {
        match path {
            IGNORED_REVISIONS => self.ignore_revisions(&String::from_utf8_lossy(content)),
            MAILMAP => self.mailmap = Mailmap::parse(content),
            _ => {}
        }
    }

    /// Adds the commits listed by a `.git-blame-ignore-revs` file: one full
    /// name a line, `#` begins a comment. Other lines are passed over by git
    /// with an error; here they name no commit and change nothing.
    pub fn ignore_revisions(&mut self, blame_ignore_revs: &str) {
        let lines = blame_ignore_revs.lines();
        let names = lines
            .filter_map(|line| line.split('#').next())
            .map(str::trim);
        self.ignored_revisions.extend(
            names
                .filter(|name| !name.is_empty())
                .map(str::to_ascii_lowercase),
        );
    }
}
