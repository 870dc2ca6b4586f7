//! Compares generators with a plain model of the semantics, over all short sequences of operations
//! and many random ones.

pub(crate) mod bodies;
pub(crate) mod contexts;
pub(crate) mod operation;
mod regular;
mod semantics;

use std::collections::HashMap;

use gen_runtime::State;
use probe::Random;

use self::bodies::{BODIES, Body};
use self::contexts::Contexts;
use self::operation::{OPS, Op, Step, run};
use self::semantics::Model;

/// Runs a sequence on the generator and on the model, and compares each step. A context changes nothing.
fn compare(body: &Body, contexts: Contexts, steps: &[Step], seen: &mut HashMap<State, usize>) {
    contexts.apply();
    let (mut generator, log) = body.generator();
    let mut model = Model::new(body.steps);
    for (index, step) in steps.iter().enumerate() {
        let expected = model.run(*step);
        let actual = run(&mut generator, *step);
        assert_eq!(
            (actual, generator.state(), log.take()),
            (expected, model.state(), model.take_log()),
            "{} with {contexts:?}, at step {index} of {steps:?}",
            body.name
        );
        *seen.entry(generator.state()).or_default() += 1;
    }
}

/// Ends each sequence, so that the end of the generator is compared, too.
const END: [Step; 2] = [Step::finished(Op::Close), Step::finished(Op::Next)];

#[test]
fn the_model_agrees_on_all_sequences_of_two_operations() {
    let mut count = 0;
    let mut seen = HashMap::new();
    let steps: Vec<Step> = OPS.into_iter().flat_map(Step::fates).collect();
    for body in BODIES {
        for start in 0..body.starts {
            for first in &steps {
                for second in &steps {
                    let mut sequence = vec![Step::finished(Op::Next); start];
                    sequence.extend([*first, *second]);
                    sequence.extend(END);
                    for contexts in [Contexts::NONE, Contexts::ALL] {
                        compare(body, contexts, &sequence, &mut seen);
                        count += 1;
                    }
                }
            }
        }
    }
    assert!(count >= 20_000, "only {count} sequences");
    // The sequences reach every state often.
    for state in [
        State::Created,
        State::Suspended,
        State::InFlight,
        State::Closing,
        State::Finished,
    ] {
        assert!(
            seen[&state] > 100,
            "{state:?} was met {} times",
            seen[&state]
        );
    }
}

#[test]
fn the_model_agrees_on_random_sequences() {
    let mut random = Random(0x5eed);
    let mut seen = HashMap::new();
    for _ in 0..12_000 {
        let body = &BODIES[random.below(BODIES.len())];
        let length = 1 + random.below(12);
        let step = |_| {
            let op = OPS[random.below(OPS.len())];
            let fates = Step::fates(op);
            // Finishes half of the calls, so that the body advances.
            match random.below(2) {
                0 => Step::finished(op),
                _ => fates[random.below(fates.len())],
            }
        };
        let mut sequence: Vec<Step> = (0..length).map(step).collect();
        sequence.extend(END);
        compare(body, contexts(&mut random), &sequence, &mut seen);
    }
}

/// Returns none in half of the cases.
fn contexts(random: &mut Random) -> Contexts {
    match random.below(4) {
        0 | 1 => Contexts::NONE,
        2 => Contexts::ALL,
        _ => Contexts(u32::try_from(random.below(1 << 16)).unwrap() * 0x1_0001),
    }
}
