//! One mistake, one error. `//~ ERROR` is written above each line that the compiler should point at, once
//! per error. If one mistake has several errors, either plain Rust has them, too, or the head of the file
//! says why.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The number of errors on each line of a file.
type Lines = BTreeMap<usize, usize>;

/// Returns all programs that must not compile.
fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut programs = Vec::new();
    for topic in fs::read_dir(root).unwrap() {
        let files = fs::read_dir(topic.unwrap().path()).unwrap();
        let files = files.map(|file| file.unwrap().path());
        programs.extend(files.filter(|path| path.extension().is_some_and(|end| end == "rs")));
    }
    programs.sort();
    programs
}

/// Returns the marked lines. A mark counts for the line below it.
fn expected(program: &Path) -> Lines {
    let mut lines = Lines::new();
    for (index, line) in fs::read_to_string(program).unwrap().lines().enumerate() {
        if let Some(errors) = line.trim_start().strip_prefix("//~ ") {
            let count = errors.split(' ').filter(|word| *word == "ERROR").count();
            lines.insert(index + 2, count);
        }
    }
    lines
}

/// Returns the lines that the errors point at. Errors in another file that the program includes count for
/// line 0, since their lines are not recorded.
fn found(program: &Path) -> Lines {
    let mut lines = Lines::new();
    let recorded = fs::read_to_string(program.with_extension("stderr")).unwrap();
    let mut recorded = recorded.lines();
    while let Some(line) = recorded.next() {
        if !line.starts_with("error") {
            continue;
        }
        let place = recorded.find_map(|line| line.trim_start().strip_prefix("--> "));
        let number = place.and_then(|place| place.split(':').nth(1));
        let number = number.map_or(0, |number| number.parse().unwrap());
        *lines.entry(number).or_default() += 1;
    }
    lines
}

#[test]
fn each_mistake_has_one_error() {
    for program in programs() {
        let (mut expected, found) = (expected(&program), found(&program));
        let text = fs::read_to_string(&program).unwrap();
        for line in text.lines() {
            if let Some(path) = line.strip_prefix("#[path = \"") {
                let included = program.with_file_name(path.trim_end_matches("\"]"));
                expected.insert(0, self::expected(&included).values().sum());
            }
        }
        assert_eq!(expected, found, "{}", program.display());
    }
}

#[test]
fn there_are_programs_for_every_kind_of_mistake() {
    let programs = programs();
    assert!(programs.len() >= 75, "{}", programs.len());
    for program in programs {
        assert!(!found(&program).is_empty(), "{}", program.display());
    }
}

/// Checks only the messages of this library.
#[test]
fn messages_are_short_and_have_no_full_stop() {
    const WORDS: [&str; 5] = [
        "is not supported",
        "is not allowed",
        "unknown ",
        "is repeated",
        " needs ",
    ];
    for program in programs() {
        let recorded = fs::read_to_string(program.with_extension("stderr")).unwrap();
        let messages = recorded
            .lines()
            .filter_map(|line| line.strip_prefix("error: "));
        for message in messages.filter(|text| WORDS.iter().any(|word| text.contains(word))) {
            assert!(!message.ends_with('.'), "{message}");
            assert!(message.chars().count() <= 120, "{message}");
        }
    }
}

/// Checks only the messages of this library.
#[test]
fn the_guide_quotes_messages_as_they_are() {
    const WORDS: [&str; 4] = ["not supported", "has rewritten", "declares no", "would be"];
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("gen-runtime/docs/troubleshooting.md");
    let page = fs::read_to_string(page).unwrap();
    let recorded: String = programs()
        .iter()
        .map(|program| fs::read_to_string(program.with_extension("stderr")).unwrap())
        .collect();

    let printed = |line: &&str| line.starts_with("error") || line.starts_with("warning");
    let ours = |line: &&str| WORDS.iter().any(|word| line.contains(word));
    let quotes: Vec<_> = page.lines().filter(printed).filter(ours).collect();
    assert!(quotes.len() >= 9, "{quotes:?}");
    for quote in quotes {
        assert!(recorded.lines().any(|line| line == quote), "{quote}");
    }
}
