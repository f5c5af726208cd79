//! Whom trailers name, against git's own reading of random mailmaps.

use mentorship_core::knowledge::Mailmap;
use mentorship_core::knowledge::stream::Identity;

use super::fixture::{git, import};

/// A row of numbers that is the same each time, by xorshift.
struct Chance(u64);

impl Chance {
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        of[usize::try_from(self.0 % of.len() as u64).unwrap()]
    }
}

const NAMES: [&str; 7] = ["Ann", "ann", "Bo Lee", "BO LEE", "", "Zo\u{eb}", "ZO\u{cb}"];
const ADDRESSES: [&str; 6] = ["a@x", "A@X", "b@x", "shared@x", "Shared@X", ""];
const GAPS: [&str; 5] = ["", " ", "\t", "  ", " junk "];
const ENDS: [&str; 6] = ["\n", "\r\n", " \n", " # why\n", "x\n", "\n\n"];

fn line(chance: &mut Chance) -> String {
    let mut line = String::new();
    line += chance.one(&["", "", "", "", "", "", "#", " #", " "]);
    for _ in 0..chance.one(&["1", "2", "2", "2", "3"]).parse().unwrap() {
        line += chance.one(&NAMES);
        line += chance.one(&GAPS);
        line += chance.one(&["<", "<", "<", "<", "<", "< ", ""]);
        line += chance.one(&ADDRESSES);
        line += chance.one(&[">", ">", ">", ">", ">", " >", ""]);
        line += chance.one(&GAPS);
    }
    line + chance.one(&ENDS)
}

#[test]
fn a_trailer_names_whom_git_would_name() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), b"");
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut asked = Vec::new();
    for name in NAMES {
        for address in ADDRESSES {
            asked.push((name, address));
        }
    }
    let input: String = asked
        .iter()
        .map(|(name, address)| format!("{name} <{address}>\n"))
        .collect();
    let mut mapped = 0;
    for _ in 0..300 {
        let length = chance.one(&["1", "2", "3", "5", "9"]).parse().unwrap();
        let mailmap: String = (0..length).map(|_| line(&mut chance)).collect();
        let file = folder.path().join("mailmap");
        std::fs::write(&file, &mailmap).unwrap();
        let setting = format!("mailmap.file={}", file.display());
        let arguments = ["-c", &setting, "check-mailmap", "--stdin"];
        let told = git(folder.path(), arguments, input.as_bytes());
        let read = Mailmap::parse(mailmap.as_bytes());
        let told = String::from_utf8(told).unwrap();
        let mut told = told.lines();
        for (name, address) in &asked {
            let found = read.mapped(Identity {
                name: name.as_bytes(),
                email: address.as_bytes(),
            });
            let found = [found.name, found.email].map(|text| std::str::from_utf8(text).unwrap());
            let shown = match found {
                ["", email] => format!("<{email}>"),
                [name, email] => format!("{name} <{email}>"),
            };
            mapped += usize::from(found != [*name, *address]);
            assert_eq!(
                told.next(),
                Some(shown.as_str()),
                "{name} <{address}> by\n{mailmap}"
            );
        }
    }
    assert!(mapped > 1_000, "{mapped}");
}
