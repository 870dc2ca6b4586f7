//! Runs every recorded program, and compares each step with CPython's.

use std::collections::BTreeMap;
use std::fs;

use differential::{CASES, Log, PROGRAMS, RECORDED, step};
use serde_json::Value;

/// The rules by which a step may differ from CPython's own async generators. The page `interrupts`
/// of the guide explains them.
const INTENDED: [(u64, &str); 5] = [
    (5, "an error that replaces a close passes an `attempt!`"),
    (
        6,
        "an interrupt waits for a cleanup, or lands at a `yield_from!`",
    ),
    (7, "`next` goes on with a close"),
    (
        8,
        "`throw` into a finished or closing generator gives the error back",
    ),
    (9, "a call meets one that was dropped halfway"),
];

#[test]
fn every_program_behaves_as_on_cpython() {
    let cases = fs::read_to_string(CASES).unwrap();
    let cases: Vec<Value> = cases
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(cases.len(), PROGRAMS.len());
    assert!(!cases.is_empty(), "no case was compared");
    let mut delegating = 0;
    let mut scripts = 0;
    let mut steps = 0;
    let mut differences = Vec::new();
    let mut intended = BTreeMap::new();
    for (case, program) in cases.iter().zip(PROGRAMS) {
        delegating += u64::from(case["program"].to_string().contains("\"delegate\""));
        for trace in case["traces"].as_array().unwrap() {
            scripts += 1;
            let log = Log::default();
            let mut generator = program(log.clone());
            for expected in trace.as_array().unwrap() {
                let actual = step(&mut generator, &log, &expected["op"]);
                steps += 1;
                for rule in expected["rules"].as_array().unwrap() {
                    *intended.entry(rule.as_u64().unwrap()).or_insert(0) += 1;
                }
                let same = |key: &&str| actual[key] == expected[key];
                if !["res", "state", "events", "pend"].iter().all(same) {
                    differences.push(format!(
                        "{}: expected {expected}, found {actual}",
                        case["id"]
                    ));
                    break;
                }
            }
        }
    }
    println!(
        "{} programs, {delegating} delegate, {scripts} scripts, {steps} steps, {} differences",
        cases.len(),
        differences.len()
    );
    assert!(delegating > 0 || !RECORDED, "no program delegates");
    for (rule, why) in INTENDED {
        let count = intended.remove(&rule).unwrap_or(0);
        assert!(count > 0 || !RECORDED, "no case shows rule {rule}");
        println!("{count} steps differ from CPython's async generators by rule {rule}: {why}");
    }
    assert!(
        intended.is_empty(),
        "rules that are not listed: {intended:?}"
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
