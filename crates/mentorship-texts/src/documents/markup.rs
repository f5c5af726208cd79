//! Markup: reStructuredText and AsciiDoc put as Markdown, line by line.
//!
//! Records and runbooks are read for headings, labels, lists, links and code, which all
//! three languages have. What else they have stays as it is written. A line stays one
//! line, so that every fact still names its own.
//!
//! Sources: the [reStructuredText specification], the [AsciiDoc reference].
//!
//! [reStructuredText specification]: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
//! [AsciiDoc reference]: https://docs.asciidoctor.org/asciidoc/latest/

/// The ending of files in reStructuredText.
const RESTRUCTURED_TEXT: &str = ".rst";
/// The endings of files in AsciiDoc.
const ASCIIDOC: [&str; 2] = [".adoc", ".asciidoc"];

/// The endings of all documents that are read, in lower case.
pub(super) const ENDINGS: [&str; 6] = [
    ".md",
    ".markdown",
    ".mdx",
    RESTRUCTURED_TEXT,
    ASCIIDOC[0],
    ASCIIDOC[1],
];

/// The lines of a document as Markdown, as many as there are; `None` where they are
/// Markdown. The path's ending tells.
pub(super) fn as_markdown(path: &str, lines: &[&str]) -> Option<String> {
    let ending = path.get(path.rfind('.')?..)?;
    let is = |known: &str| ending.eq_ignore_ascii_case(known);
    if is(RESTRUCTURED_TEXT) {
        return Some(of_restructured_text(lines));
    }
    (is(ASCIIDOC[0]) || is(ASCIIDOC[1])).then(|| of_asciidoc(lines))
}

/// How the lines below a directive are meant.
#[derive(PartialEq)]
enum Below {
    /// As any others.
    Text,
    /// Indented, they are what a directive such as a note says.
    Said,
    /// Indented, they are code.
    Code,
}

fn of_restructured_text(lines: &[&str]) -> String {
    let mark_of = |index: usize| lines.get(index).and_then(|line| adornment(line));
    let mut out = String::new();
    let mut styles = Styles::default();
    let mut below = Below::Text;
    for (index, line) in lines.iter().enumerate() {
        let over = index.checked_sub(1).and_then(mark_of);
        let under = mark_of(index + 1);
        let words = line.trim();
        let indented = line.starts_with([' ', '\t']);
        if !words.is_empty() && !indented {
            below = Below::Text;
        }
        let directive = match words {
            ".." => Some(""),
            _ => words.strip_prefix(".. "),
        };
        if adornment(line).is_some() || is_grid(words) {
            // Said with the heading beside it, or a line across.
        } else if let (Some(mark), false) = (under, words.is_empty())
            && (!indented || over == under)
        {
            push_heading(&mut out, styles.level_of(mark, over == under));
            push_linked(&mut out, words);
        } else if let Some(directive) = directive {
            below = push_directive(&mut out, directive);
        } else if below == Below::Code && indented {
            // Options of a directive are no code.
            if !words.starts_with(':') {
                out.push_str("    ");
                out.push_str(line);
            }
        } else {
            let line = match below {
                Below::Said => words,
                _ => line.trim_end(),
            };
            push_text(&mut out, line);
            if line.ends_with("::") {
                below = Below::Code;
            }
        }
        out.push('\n');
    }
    out
}

/// The styles of headings, the outermost first: what a document uses first is outermost.
/// A style is its mark, with the highest bit set where it stands above too.
#[derive(Default)]
struct Styles(Vec<u8>);

impl Styles {
    /// 1 is the outermost.
    fn level_of(&mut self, mark: u8, overlined: bool) -> usize {
        let style = mark | u8::from(overlined) << 7;
        let known = self.0.iter().position(|other| *other == style);
        let place = known.unwrap_or_else(|| {
            self.0.push(style);
            self.0.len() - 1
        });
        place + 1
    }
}

fn push_heading(out: &mut String, level: usize) {
    out.push_str("######".get(..level.min(6)).unwrap_or_default());
    out.push(' ');
}

fn push_text(out: &mut String, line: &str) {
    let line = behind_label(out, line);
    let item = line.strip_prefix("#. ");
    if item.is_some() {
        out.push_str("1. ");
    }
    push_linked(out, item.unwrap_or(line));
}

/// The one mark that a line of at least three repeats.
fn adornment(line: &str) -> Option<u8> {
    let line = line.trim_end().as_bytes();
    let &mark = line.first()?;
    let all = line.len() >= 3 && line.iter().all(|other| *other == mark);
    (all && b"=-~^\"'*+#:.`_".contains(&mark)).then_some(mark)
}

/// A line across a table: `+---+---+`, `=====  =====`.
fn is_grid(words: &str) -> bool {
    words.len() >= 3
        && words.starts_with(['+', '='])
        && words.trim_matches(['+', '-', '=', ' ']).is_empty()
}

/// What stands behind `..`: a link's target, a directive with its words, or a comment.
fn push_directive(out: &mut String, directive: &str) -> Below {
    if let Some((name, target)) = directive
        .strip_prefix('_')
        .and_then(|target| target.split_once(": "))
    {
        out.push('[');
        out.push_str(name.trim_matches('`'));
        out.push_str("]: ");
        out.push_str(target);
        return Below::Text;
    }
    match directive.split_once("::") {
        Some(("code-block" | "code" | "sourcecode" | "parsed-literal", _)) => Below::Code,
        Some((_, words)) => {
            push_linked(out, words.trim());
            Below::Said
        }
        None => Below::Said,
    }
}

/// Writes the label that a line begins with, and gives what is behind it. `:Status: Accepted`
/// has one; `` :doc:`x` `` has none.
fn behind_label<'a>(out: &mut String, line: &'a str) -> &'a str {
    let named = line.strip_prefix(':').and_then(|line| line.split_once(':'));
    match named {
        Some((name, value)) if !name.is_empty() && (value.is_empty() || value.starts_with(' ')) => {
            out.push_str(name);
            out.push(':');
            value
        }
        _ => line,
    }
}

/// `` `words <target>`_ `` and the references `` `words <name_>`_ `` and `` `name`_ `` become
/// Markdown's. What is quoted otherwise stays: `` `role` ``, ``` ``literal`` ```.
fn push_linked(out: &mut String, line: &str) {
    let mut rest = line;
    while let Some((before, quoted)) = rest.split_once('`') {
        let (mark, inside) = match quoted.strip_prefix('`') {
            Some(literal) => ("``", literal),
            None => ("`", quoted),
        };
        let Some((inner, after)) = inside.split_once(mark) else {
            break;
        };
        out.push_str(before);
        rest = match behind_reference(after).filter(|_| mark == "`") {
            Some(behind) => {
                push_reference(out, inner);
                behind
            }
            None => {
                push_pieces(out, [mark, inner, mark]);
                after
            }
        };
    }
    out.push_str(rest);
}

/// What follows upon the mark that makes a reference of the quotes before it: `_`, or `__`
/// for one without a name.
fn behind_reference(after: &str) -> Option<&str> {
    let behind = after.strip_prefix('_')?;
    let behind = behind.strip_prefix('_').unwrap_or(behind);
    (!behind.starts_with(char::is_alphanumeric)).then_some(behind)
}

fn push_reference(out: &mut String, inner: &str) {
    let embedded = inner.strip_suffix('>').and_then(|it| it.rsplit_once('<'));
    match embedded.map(|(words, target)| (words.trim(), target, target.strip_suffix('_'))) {
        Some((words, _, Some(name))) => push_pieces(out, ["[", words, "][", name, "]"]),
        Some((words, target, None)) => push_link(out, words, target),
        None => push_pieces(out, ["[", inner, "]"]),
    }
}

fn push_link(out: &mut String, words: &str, target: &str) {
    push_pieces(out, ["[", words, "](", target, ")"]);
}

fn push_pieces<const COUNT: usize>(out: &mut String, pieces: [&str; COUNT]) {
    for piece in pieces {
        out.push_str(piece);
    }
}

fn of_asciidoc(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut language = "";
    let mut fence: Option<&str> = None;
    for line in lines {
        let words = line.trim_end();
        let marks = |mark: char| words.len() - words.trim_start_matches(mark).len();
        let behind = |count: usize| {
            let rest = words.get(count..)?.strip_prefix(' ')?;
            (count > 0).then_some(rest.trim_start())
        };
        let is_delimiter =
            words.len() >= 4 && (marks('-') == words.len() || marks('.') == words.len());
        if let Some(open) = fence {
            if words == open {
                fence = None;
                out.push_str("```");
            } else {
                out.push_str(line);
            }
        } else if is_delimiter {
            fence = Some(words);
            out.push_str("```");
            out.push_str(std::mem::take(&mut language));
        } else if words.starts_with('[') && words.ends_with(']') {
            let mut attributes = words.trim_matches(['[', ']']).split(',');
            if attributes.next() == Some("source") {
                language = attributes.next().unwrap_or_default().trim();
            }
        } else if words.starts_with("//") || words == "|===" {
            // A comment, and where a table begins and ends.
        } else if let Some(heading) = behind(marks('=')) {
            push_heading(&mut out, marks('='));
            push_macros(&mut out, heading);
        } else if let Some(item) = behind(marks('*')) {
            push_item(&mut out, marks('*'), "* ");
            push_macros(&mut out, item);
        } else if let Some(item) = behind(marks('.')) {
            push_item(&mut out, marks('.'), "1. ");
            push_macros(&mut out, item);
        } else {
            let words = behind_label(&mut out, words);
            push_macros(&mut out, words);
        }
        out.push('\n');
    }
    out
}

/// The mark of an item of a list in so many, each three columns deep.
fn push_item(out: &mut String, depth: usize, mark: &str) {
    for _ in 1..depth.min(9) {
        out.push_str("   ");
    }
    out.push_str(mark);
}

/// `link:target[words]`, `xref:target[words]` and `https://target[words]` become links.
fn push_macros(out: &mut String, line: &str) {
    let mut rest = line;
    while let Some(end) = rest.find(']') {
        let (head, after) = rest.split_at(end + 1);
        let found = head
            .trim_end_matches(']')
            .rsplit_once('[')
            .and_then(|(before, words)| {
                let start = before.rfind([' ', '(']).map_or(0, |space| space + 1);
                let (before, target) = before.split_at_checked(start)?;
                let named = ["link:", "xref:"]
                    .iter()
                    .find_map(|name| target.strip_prefix(name));
                let target = named.or(Some(target).filter(|target| target.contains("://")))?;
                Some((before, words, target))
            });
        match found {
            Some((before, words, target)) => {
                out.push_str(before);
                push_link(out, words, target);
            }
            None => out.push_str(head),
        }
        rest = after;
    }
    out.push_str(rest);
}
