//! Directories that hang on one person.

use super::History;
use super::filter::FileClass;
use super::person::PersonId;
use super::person_set::PersonSet;
use super::reader::Reader;
use super::scope::Scope;

/// A directory in which everything that anybody holds is held by one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleHolder {
    /// The path without a closing slash; empty for the root.
    pub directory: String,
    /// Files that the person holds below it.
    pub files: u32,
    /// The person's place in [`History::people`].
    pub person: PersonId,
}

/// Whoever holds the files seen so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    Nobody,
    One(PersonId, u32),
    Several,
}

impl Hold {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, hold) | (hold, Self::Nobody) => hold,
            (Self::One(a, files), Self::One(b, more)) if a == b => Self::One(a, files + more),
            _ => Self::Several,
        }
    }
}

/// A directory that is being read, with what is below it.
struct Open {
    /// How much of the path names it, with its closing slash.
    length: usize,
    hold: Hold,
    /// Directories in it that hang on one person, were it not one of them.
    inner: Vec<SingleHolder>,
}

impl History {
    /// The directories of a scope that hang on one person, the outermost only,
    /// by path. Who holds a file is its author or a major contributor of the
    /// window of `recent`, so that a directory counts only where neither shows
    /// a second person. Vendored and generated files count for nobody, and those
    /// who are `left` hold nothing.
    pub fn single_holders(&self, scope: &Scope<'_>, left: &PersonSet) -> Vec<SingleHolder> {
        self.with_reader(|reader| reader.single_holders(scope, left))
    }
}

impl Reader<'_> {
    fn single_holders(&mut self, scope: &Scope<'_>, left: &PersonSet) -> Vec<SingleHolder> {
        let root = scope.directory().map_or(0, |directory| directory.len());
        let mut open = vec![Open::at(root)];
        let mut before: &[u8] = &[];
        // In the order of the paths everything below a directory is one run.
        for file in self.living_files(scope) {
            let path = self.path_of(file);
            close(&mut open, before, |length| {
                path.get(..length) == before.get(..length)
            });
            let inner = path.iter().enumerate().skip(root);
            for (at, _) in inner.filter(|(_, byte)| **byte == b'/') {
                if open.last().is_some_and(|last| last.length <= at) {
                    open.push(Open::at(at + 1));
                }
            }
            let hold = self.hold_of(file, left);
            if let Some(last) = open.last_mut() {
                last.hold = last.hold.and(hold);
            }
            before = path;
        }
        close(&mut open, before, |length| length == root);
        open.pop().map_or_else(Vec::new, |root| root.told(before))
    }

    fn hold_of(&self, file: usize, left: &PersonSet) -> Hold {
        if let Some(FileClass::Vendored | FileClass::Generated) | None = self.class_of(file) {
            return Hold::Nobody;
        }
        // Nobody is asked for at night because of a picture, or of how a key came to be.
        if is_medium(self.path_of(file)) {
            return Hold::Nobody;
        }
        let touches = self.touches(file).iter();
        let holders = touches.filter(|touch| touch.is_author || touch.is_major);
        let mut hold = Hold::Nobody;
        for holder in holders.filter(|touch| !left.contains(touch.person)) {
            hold = hold.and(Hold::One(holder.person, 0));
        }
        match hold {
            Hold::One(person, _) => Hold::One(person, 1),
            other => other,
        }
    }
}

/// Pictures, recordings, fonts, archives, keys and certificates.
fn is_medium(path: &[u8]) -> bool {
    #[rustfmt::skip]
    const ENDINGS: [&str; 38] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "pdf", "drawio",
        "mp3", "mp4", "wav", "webm", "woff", "woff2", "ttf", "otf", "eot",
        "zip", "gz", "jar",
        "pem", "key", "pub", "crt", "cer", "der", "csr", "crl", "p12", "pfx", "jks", "asc", "gpg",
        "sig", "keystore", "truststore",
    ];
    let ending = path.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let mut endings = ENDINGS.iter();
    endings.any(|known| known.as_bytes().eq_ignore_ascii_case(ending))
}

impl Open {
    fn at(length: usize) -> Self {
        Self {
            length,
            hold: Hold::Nobody,
            inner: Vec::new(),
        }
    }

    /// The directory itself where it hangs on one person, else those in it.
    fn told(self, path: &[u8]) -> Vec<SingleHolder> {
        let Hold::One(person, files) = self.hold else {
            return self.inner;
        };
        let directory = path.get(..self.length).unwrap_or_default();
        let directory = String::from_utf8_lossy(directory);
        vec![SingleHolder {
            directory: directory.trim_end_matches('/').to_owned(),
            files,
            person,
        }]
    }
}

/// Closes the innermost directories until one goes on, and tells the one above
/// what was found.
fn close(open: &mut Vec<Open>, path: &[u8], goes_on: impl Fn(usize) -> bool) {
    while let Some(last) = open.pop() {
        let outermost = open.is_empty();
        if outermost || goes_on(last.length) {
            open.push(last);
            return;
        }
        if let Some(above) = open.last_mut() {
            above.hold = above.hold.and(last.hold);
            above.inner.extend(last.told(path));
        }
    }
}
