//! A repository's mailmap, as far as git does not apply it: to people whom trailers name.
//!
//! Authors are mapped by git before their commits arrive here; what a trailer says is
//! printed as it stands. The form is that of gitmailmap(5).

use super::identities::AliasGroups;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Pairs of the address that a person has and one that stands in commits.
///
/// Of several lines for one address the last counts, as in git. A line that asks for a
/// name beside the address is passed over: several people share that address, and to be
/// named by it does not tell which of them is meant.
pub(crate) fn groups(mailmap: &str) -> AliasGroups {
    let mut places: HashMap<String, usize, FixedState> = HashMap::default();
    let mut groups = AliasGroups::new();
    for line in mailmap.lines().filter(|line| !line.starts_with('#')) {
        let Some((_, proper, rest)) = named_address(line) else {
            continue;
        };
        let Some(("", in_commits, _)) = named_address(rest) else {
            continue;
        };
        let group = vec![proper.to_owned(), in_commits.to_owned()];
        match places.get(&in_commits.to_lowercase()) {
            Some(&place) => {
                if let Some(known) = groups.get_mut(place) {
                    *known = group;
                }
            }
            None => {
                places.insert(in_commits.to_lowercase(), groups.len());
                groups.push(group);
            }
        }
    }
    groups
}

/// The first `Name <address>` of a line, neither with space around it, and what is behind
/// it; `None` where there is none or the address is blank.
fn named_address(text: &str) -> Option<(&str, &str, &str)> {
    let (name, behind) = text.split_once('<')?;
    let (address, rest) = behind.split_once('>')?;
    let address = address.trim();
    (!address.is_empty()).then_some((name.trim(), address, rest))
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn pairs_are_the_lines_that_map_an_address_alone() {
        let mailmap = "# Everybody\n\
            Ann Lee <ann@new.example>\n\
            Ann Lee <ann@new.example> <ann@old.example>\n\
            <bo@new.example>\t< BO@old.example >\n\
            Cy <cy@new.example> cy <shared@old.example>\n\
            no address at all\n\
            Half <half@new.example\n\
            <> <nobody@old.example>\n\
            Bo <bo@newer.example> <bo@old.example>\n";
        assert_eq!(
            groups(mailmap),
            [
                ["ann@new.example", "ann@old.example"],
                ["bo@newer.example", "bo@old.example"],
            ]
        );
    }
}
