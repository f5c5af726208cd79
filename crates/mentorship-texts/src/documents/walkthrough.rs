//! Walkthroughs: which recordings does a document point to?

use super::inline::Link;
use super::prose::{self, words};
use crate::documents::text::is_one_of;
use crate::{Located, Parsed};

/// A document that lists recordings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walkthrough {
    /// The title of the front matter, else the first heading.
    pub title: Option<Located<String>>,
    /// Links to recordings, each target once.
    pub recordings: Vec<Located<Link>>,
}

/// Finds the recordings of a document: links to a video host or a video file,
/// and links of any kind below a heading that speaks of recordings. `path` tells the
/// markup.
pub fn walkthrough(path: &str, bytes: &[u8]) -> Parsed<Walkthrough> {
    let prose = prose::open(path, bytes);
    let mut recorded: Vec<(u32, u32)> = Vec::new();
    let headings: Vec<_> = prose
        .lines
        .iter()
        .filter(|line| line.heading().is_some())
        .collect();
    for (at, heading) in headings.iter().enumerate() {
        let next = headings.get(at + 1).map_or(u32::MAX, |next| next.number);
        if speaks_of_recordings(&heading.text.text) {
            recorded.push((heading.number, next));
        }
    }
    let below = |line: u32| {
        recorded
            .iter()
            .any(|(from, to)| (*from..*to).contains(&line))
    };
    let recordings = prose
        .links()
        .into_iter()
        .filter(|link| is_recording(&link.value) || (below(link.line) && is_outside(&link.value)))
        .collect();
    let walkthrough = Walkthrough {
        title: prose.title(),
        recordings,
    };
    Parsed {
        value: walkthrough,
        notes: prose.notes,
    }
}

fn speaks_of_recordings(heading: &str) -> bool {
    let words = words(heading);
    words
        .iter()
        .any(|word| is_one_of(word, "recording|recordings|recorded|videos|screencasts"))
}

/// Points to a video by host or by ending.
fn is_recording(link: &Link) -> bool {
    const HOSTS: [&str; 12] = [
        "youtube.com/watch",
        "youtube.com/playlist",
        "youtube.com/live",
        "youtu.be/",
        "vimeo.com/",
        "loom.com/share",
        "zoom.us/rec",
        "asciinema.org/a/",
        "wistia.com/medias",
        "panopto.",
        "web.microsoftstream.com/video",
        "vidyard.com/watch",
    ];
    const ENDINGS: [&str; 6] = [".mp4", ".webm", ".mov", ".m4v", ".mkv", ".cast"];
    let target = link.target.to_lowercase();
    let path = target.split(['?', '#']).next().unwrap_or_default();
    HOSTS.iter().any(|host| target.contains(host))
        || ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn is_outside(link: &Link) -> bool {
    super::inline::is_address(&link.target)
}
