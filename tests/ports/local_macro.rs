//! A `macro_rules!` in the body that yields, loops, and breaks out of a label that it is given.

use futures::Stream;
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Debug)]
enum Error {
    Transient(u32),
    Fatal,
}

type Answers = Script<Result<u32, Error>>;

fn answers() -> Answers {
    Script::new([
        Ok(1),
        Err(Error::Transient(2)),
        Ok(3),
        Ok(0),
        Ok(4),
        Err(Error::Fatal),
        Ok(5),
    ])
}

both! { $ stream, (throws = Error),
    pub(super) fn numbers(answers: Answers) -> impl Stream<Item = Result<u32, Error>> + Send {
        generator! {
            macro_rules! drain {
                ($label:lifetime) => {
                    loop {
                        match answers.next().await {
                            Some(Ok(0)) => break,
                            Some(Ok(n)) => yield Ok(n),
                            Some(Err(Error::Fatal)) => {
                                yield Err(Error::Fatal);
                                break $label;
                            }
                            Some(Err(error)) => {
                                yield Err(error);
                                continue $label;
                            }
                            None => break $label,
                        }
                    }
                };
            }
            let mut round = 0;
            'rounds: loop {
                round += 1;
                drain!('rounds);
                yield Ok(round * 100);
            }
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn numbers(answers: Answers) -> u32 {
    macro_rules! drain {
        ($label:lifetime) => {
            loop {
                match answers.next().await {
                    Some(Ok(0)) => break,
                    Some(Ok(n)) => yield_!(Ok(n)),
                    Some(Err(Error::Fatal)) => {
                        yield_!(Err(Error::Fatal));
                        break $label;
                    }
                    Some(Err(error)) => {
                        yield_!(Err(error));
                        continue $label;
                    }
                    None => break $label,
                }
            }
        };
    }
    let mut round = 0;
    'rounds: loop {
        round += 1;
        drain!('rounds);
        yield_!(Ok(round * 100));
    }
}

#[tokio::test]
async fn a_macro_defined_in_the_body_may_yield_items_and_errors() {
    let expected = [
        "Ok(1)",
        "Err(Transient(2))",
        "Ok(3)",
        "Ok(200)",
        "Ok(4)",
        "Err(Fatal)",
    ];
    assert_eq!(trace(peer::numbers(answers())).await, expected);
    assert_eq!(trace(block::numbers(answers())).await, expected);
    assert_eq!(trace(numbers(answers())).await, expected);
}
