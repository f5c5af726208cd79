//! A repository's mailmap, as far as git does not apply it: to people whom trailers name.
//!
//! Authors are mapped by git before their commits arrive here; what a trailer says is
//! printed as it stands, and mapped alike. The form is that of gitmailmap(5).

use super::stream::Identity;
use mentorship_texts::ordering::sort_by;

/// Who is who, by the address that stands in a commit.
#[derive(Debug, Clone, Default)]
pub struct Mailmap(Vec<Line>);

#[derive(Debug, Clone)]
struct Line {
    /// What stands in commits, ASCII letters in lower case: the address, and the name
    /// where several people share that address.
    address: Vec<u8>,
    name: Vec<u8>,
    /// What is put in their place; nothing where it is empty.
    proper_name: Vec<u8>,
    proper_address: Vec<u8>,
}

impl Mailmap {
    /// Reads a `.mailmap`; what is no line of one is passed over, as by git.
    pub fn parse(text: &[u8]) -> Self {
        let mut lines = Vec::new();
        for line in text.split(|&byte| byte == b'\n') {
            let Some((proper_name, address, rest)) = named_address(line) else {
                continue;
            };
            if address.is_empty() || line.first() == Some(&b'#') {
                continue;
            }
            let (proper_address, name, address) = match named_address(rest) {
                Some((name, in_commits, _)) => (address, name, in_commits),
                None => (&b""[..], &b""[..], address),
            };
            lines.push(Line {
                address: address.to_ascii_lowercase(),
                name: name.to_ascii_lowercase(),
                proper_name: proper_name.to_owned(),
                proper_address: proper_address.to_owned(),
            });
        }
        // Of lines for the same address the later ones stay behind the earlier ones.
        sort_by(&mut lines, |a, b| a.address.cmp(&b.address));
        Self(lines)
    }

    /// Whom an identity means. A line that asks for the name as well goes before those
    /// that ask for the address alone; of several the last one counts.
    pub fn mapped<'a>(&'a self, identity: Identity<'a>) -> Identity<'a> {
        if self.0.is_empty() {
            return identity;
        }
        let address = identity.email.to_ascii_lowercase();
        let first = self.0.partition_point(|line| line.address < address);
        let lines = self.0.get(first..).unwrap_or_default().iter();
        let (mut shared, mut alone) = (None, identity);
        for line in lines.take_while(|line| line.address == address) {
            let put = |into: Identity<'a>| Identity {
                name: or(&line.proper_name, into.name),
                email: or(&line.proper_address, into.email),
            };
            if line.name.is_empty() {
                alone = put(alone);
            } else if line.name.eq_ignore_ascii_case(identity.name) {
                shared = Some(put(identity));
            }
        }
        shared.unwrap_or(alone)
    }
}

fn or<'a>(text: &'a [u8], other: &'a [u8]) -> &'a [u8] {
    if text.is_empty() { other } else { text }
}

/// The first `Name <address>` of a line, the name without space around it, and what is
/// behind it; `None` where there is none.
fn named_address(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let open = memchr::memchr(b'<', text)?;
    let (name, behind) = (text.get(..open)?, text.get(open + 1..)?);
    let close = memchr::memchr(b'>', behind)?;
    let (address, rest) = (behind.get(..close)?, behind.get(close + 1..)?);
    Some((name.trim_ascii(), address, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Identity, Mailmap};

    #[test]
    fn whom_a_line_asks_for_by_name_goes_before_whoever_has_the_address() {
        let mailmap = Mailmap::parse(
            b"# Everybody <x@y.example> <shared@old.example>\n\
            Ann Lee <ann@new.example>\n\
            Ann Lee <ann@new.example> <ann@old.example>\n\
            <bo@new.example>\t<BO@old.example>\n\
            Cy <cy@new.example> cy <shared@old.example>\n\
            Dee <dee@new.example> DEE <shared@old.example>\r\n\
            Team <shared@old.example>\n\
            no address at all\n\
            Half <half@new.example\n\
            <> <nobody@old.example>\n\
            Bo <bo@newer.example> <bo@old.example>\n",
        );
        for (written, meant) in [
            ("ann <ANN@old.example>", "Ann Lee <ann@new.example>"),
            ("ann <ann@new.example>", "Ann Lee <ann@new.example>"),
            ("b <bo@old.example>", "Bo <bo@newer.example>"),
            ("CY <shared@old.example>", "Cy <cy@new.example>"),
            ("dee <Shared@old.example>", "Dee <dee@new.example>"),
            ("eve <shared@old.example>", "Team <shared@old.example>"),
            ("n <nobody@old.example>", "n <nobody@old.example>"),
        ] {
            let (name, email) = written.trim_end_matches('>').split_once(" <").unwrap();
            let (name, email) = (name.as_bytes(), email.as_bytes());
            let found = mailmap.mapped(Identity { name, email });
            let found = [found.name, b" <", found.email, b">"].concat();
            assert_eq!(String::from_utf8(found).unwrap(), meant, "{written}");
        }
    }
}
