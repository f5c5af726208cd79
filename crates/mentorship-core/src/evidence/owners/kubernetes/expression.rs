//! Go's regular expressions, as filters are written in them, put in the terms of our own.

/// `(?i)` at the beginning becomes both cases of each letter, `(?:` a plain parenthesis.
/// What else is not known stays, and is refused when it is compiled.
pub(super) fn in_own_terms(expression: &str) -> String {
    let plain = expression.replace("(?:", "(");
    match plain.strip_prefix("(?i)") {
        Some(rest) => in_both_cases(rest),
        None => plain,
    }
}

fn in_both_cases(expression: &str) -> String {
    let mut out = String::with_capacity(expression.len() * 3);
    let mut rest = expression.chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                out.push(character);
                if let Some(escaped) = rest.next() {
                    out.push(escaped);
                }
            }
            '[' => push_class(&mut out, &mut rest),
            letter if letter.is_ascii_alphabetic() => {
                out.push('[');
                out.push(letter);
                out.push(other_case(letter));
                out.push(']');
            }
            other => out.push(other),
        }
    }
    out
}

/// `[^a-z_]` becomes `[^A-Za-z_]`: the letters again, in their other case.
fn push_class(out: &mut String, rest: &mut std::str::Chars<'_>) {
    let (mut written, mut also) = (String::new(), String::new());
    let (mut escaped, mut closed) = (false, false);
    for character in rest {
        closed = character == ']' && !escaped && !matches!(written.as_str(), "" | "^");
        if closed {
            break;
        }
        written.push(character);
        if !escaped && (character.is_ascii_alphanumeric() || character == '-') {
            also.push(other_case(character));
        }
        escaped = character == '\\' && !escaped;
    }
    let also = also.trim_matches('-');
    let content = written.trim_start_matches('^');
    out.push('[');
    out.push_str(
        written
            .get(..written.len() - content.len())
            .unwrap_or_default(),
    );
    // A dash or a bracket at the beginning stands for itself, and must stay there.
    let stays = content.starts_with(['-', ']']);
    let (before, behind) = if stays {
        (content, also)
    } else {
        (also, content)
    };
    out.push_str(before);
    out.push_str(behind);
    if closed {
        out.push(']');
    }
}

fn other_case(letter: char) -> char {
    match letter.is_ascii_lowercase() {
        true => letter.to_ascii_uppercase(),
        false => letter.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_own_terms;

    #[test]
    fn go_s_marks_become_ours() {
        for (written, ours) in [
            (".*", ".*"),
            ("(?:a|b)\\.go$", "(a|b)\\.go$"),
            ("(?i)a1\\.MD$", "[aA]1\\.[Mm][Dd]$"),
            ("(?i)[^a-c\\d_]", "[^A-Ca-c\\d_]"),
            ("(?i)[-a]|[a-]", "[-aA]|[Aa-]"),
            ("(?i)[]x]", "[]xX]"),
            ("(?i)[ab", "[ABab"),
            ("(?P<n>a)", "(?P<n>a)"),
        ] {
            assert_eq!(in_own_terms(written), ours, "{written}");
        }
    }
}
