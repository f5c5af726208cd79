//! Layout for terminals: width, wrapping, tables, and text that cannot take the
//! terminal over.

use std::fmt::Write as _;

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// Where nobody says how wide it is.
const USUAL_WIDTH: u16 = 80;
/// Longer lines are hard to read.
const WIDEST: u16 = 100;

/// Columns that text may take.
pub(super) fn width() -> u16 {
    terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| width.0.clamp(40, WIDEST))
}

/// A paragraph, indented.
pub(super) fn paragraph(text: &str, indent: &str) -> String {
    hanging(text, indent, indent)
}

/// A paragraph whose first line begins differently.
pub(super) fn hanging(text: &str, first: &str, others: &str) -> String {
    let options = Options::new(usize::from(width()))
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(&printable(text), options)
}

/// Columns of words as short as these are never broken.
const SHORT_CELL: usize = 14;
/// What a column of sentences needs at least.
const SENTENCE_CELL: usize = 16;
/// Between columns.
const GAP: u16 = 2;

/// A table without lines, its columns apart.
pub(super) fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width())
        .set_header(header.iter().copied());
    let mut widest: Vec<usize> = header.iter().map(|cell| display_width(cell)).collect();
    for row in rows {
        for (widest, cell) in widest.iter_mut().zip(&row) {
            *widest = display_width(cell).max(*widest);
        }
        table.add_row(row.iter().map(|cell| printable(cell)));
    }
    let first_is_whole = has_room_for_the_first(&widest);
    for (index, (column, widest)) in table.column_iter_mut().zip(widest).enumerate() {
        column.set_padding((0, GAP));
        if widest <= SHORT_CELL || (index == 0 && first_is_whole) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    let lines: Vec<String> = table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}

/// What stands first is there to be copied, ids, refs and paths, and is whole
/// where the others can be read beside it.
fn has_room_for_the_first(widest: &[usize]) -> bool {
    let others = widest.iter().skip(1).map(|widest| match *widest {
        short if short <= SHORT_CELL => short,
        long => long.min(SENTENCE_CELL),
    });
    let gaps = usize::from(GAP) * widest.len();
    widest.first().copied().unwrap_or_default() + others.sum::<usize>() + gaps
        <= usize::from(width())
}

/// A table in Markdown.
pub(super) fn markdown_table(
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(header.iter().map(|cell| (*cell).to_owned()).collect());
    text.push_str(&line(vec!["---".to_owned(); header.len()]));
    for row in rows {
        text.push_str(&line(row.iter().map(|cell| in_markdown(cell)).collect()));
    }
    text
}

/// Text of evidence as Markdown shows it, not as it would obey it. What stands in
/// backticks is code, in which nothing is obeyed; nobody is called by a mention.
pub(super) fn in_markdown(text: &str) -> String {
    let text = printable(text).replace('\n', " ");
    let pieces: Vec<&str> = text.split('`').collect();
    let are_pairs = pieces.len() % 2 == 1;
    let mut escaped = String::with_capacity(text.len());
    for (index, piece) in pieces.into_iter().enumerate() {
        let in_code = are_pairs && index % 2 == 1;
        match (in_code, piece.is_empty()) {
            (true, false) => {
                // A table would end the cell there.
                let _ = write!(escaped, "`{}`", piece.replace('|', "\\|"));
            }
            (true, true) => escaped.push_str("\\`\\`"),
            (false, _) => {
                if index > 0 && !are_pairs {
                    escaped.push_str("\\`");
                }
                escape(piece, &mut escaped);
            }
        }
    }
    escaped
}

fn escape(text: &str, escaped: &mut String) {
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            // Without a blank that nobody sees, each run of a pipeline would send
            // people a message.
            '@' => escaped.push_str("@\u{200b}"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '!' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
}

/// Text that only prints: control characters, which could move the cursor or
/// change what was printed before, and marks that turn the direction are
/// replaced.
pub fn printable(text: &str) -> String {
    let turns = |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}');
    let plain = |character: char| match character {
        '\n' => '\n',
        '\t' => ' ',
        other if other.is_control() || turns(other) => '\u{fffd}',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// The word that was probably meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &&str| {
        strsim::damerau_levenshtein(written, candidate) <= written.chars().count().max(3) / 3
    };
    let by_distance = |candidate: &&str| strsim::damerau_levenshtein(written, candidate);
    known.into_iter().filter(near).min_by_key(by_distance)
}

#[cfg(test)]
mod tests {
    use super::{in_markdown, nearest, printable};

    #[test]
    fn evidence_cannot_take_the_terminal_over() {
        assert_eq!(
            printable("a\u{1b}[31mb\tc\u{202e}d"),
            "a\u{fffd}[31mb c\u{fffd}d"
        );
        assert_eq!(
            in_markdown("<b> [x](y) `z` | #1"),
            "&lt;b> \\[x\\](y) `z` \\| \\#1"
        );
        assert_eq!(in_markdown("`<b>|*` @ana"), "`<b>\\|*` @\u{200b}ana");
        assert_eq!(in_markdown("`a` `*b"), "\\`a\\` \\`\\*b");
        assert_eq!(in_markdown("``*x*``"), "\\`\\`\\*x\\*\\`\\`");
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        let known = ["no-steward", "no-backup"];
        assert_eq!(nearest("no-stewart", known), Some("no-steward"));
        assert_eq!(nearest("bananas", known), None);
    }
}
