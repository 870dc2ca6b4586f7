//! Runs every program, and compares each step with CPython's.

use std::collections::BTreeMap;

use differential::{CASES, Calls, Log, PROGRAMS, Program, RECORDED, step};
use serde_json::Value;

/// The rules by which a step may differ from CPython's own generators. The page `interrupts` of the
/// guide explains them.
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
fn async_generators_behave_as_on_cpython() {
    compare("async", |program| program.asynchronous, &INTENDED);
}

#[test]
fn regular_generators_behave_as_on_cpython() {
    compare("regular", |program| program.regular, &INTENDED[..1]);
}

/// Runs the programs that are generators of this kind, which may differ from CPython's by these rules.
fn compare<G: Calls>(
    kind: &str,
    generator: impl Fn(&Program) -> Option<fn(Log) -> G>,
    rules: &[(u64, &str)],
) {
    let cases: Vec<_> = CASES.lines().collect();
    assert_eq!(cases.len(), PROGRAMS.len());
    assert!(!cases.is_empty(), "no case was compared");
    let mut programs = 0;
    let mut delegating = 0;
    let mut scripts = 0;
    let mut steps = 0;
    let mut differences = Vec::new();
    let mut intended = BTreeMap::new();
    for (case, program) in cases.into_iter().zip(PROGRAMS) {
        let Some(generator) = generator(program) else {
            continue;
        };
        programs += 1;
        delegating += u64::from(case.contains("\"delegate\""));
        let case: Value = serde_json::from_str(case).unwrap();
        for trace in case["traces"].as_array().unwrap() {
            scripts += 1;
            let log = Log::default();
            let mut generator = generator(log.clone());
            for expected in trace.as_array().unwrap() {
                // A call that is dropped before its first poll has no effect, and a regular generator has no such call.
                if kind == "regular" && expected["op"]["drop"] == 0 {
                    continue;
                }
                let actual = step(&mut generator, &log, &expected["op"]);
                steps += 1;
                for rule in expected["rules"].as_array().unwrap() {
                    // In CPython too, `throw` into a finished regular generator raises the error.
                    if kind == "async" || *rule != 8 {
                        *intended.entry(rule.as_u64().unwrap()).or_insert(0) += 1;
                    }
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
    if programs == 0 && !RECORDED {
        return; // all new programs are of the other kind
    }
    println!(
        "{kind}: {programs} programs, {delegating} delegate, {scripts} scripts, {steps} steps, {} differences",
        differences.len()
    );
    assert!(delegating > 0 || !RECORDED, "no program delegates");
    for (rule, why) in rules {
        let count = intended.remove(rule).unwrap_or(0);
        assert!(count > 0 || !RECORDED, "no case shows rule {rule}");
        println!("{count} steps differ from CPython's {kind} generators by rule {rule}: {why}");
    }
    assert!(
        intended.is_empty(),
        "rules that are not listed: {intended:?}"
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
