use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn out() -> u32 {
    'outer: loop {
        defer! {
            if done() {
                //~ ERROR
                return;
            }
            if done() {
                //~ ERROR
                break;
            }
            if done() {
                //~ ERROR
                continue;
            }
            if done() {
                //~ ERROR
                break 'outer;
            }
            if done() {
                //~ ERROR
                continue 'outer;
            }
        }
        yield_!(1);
    }
}

#[async_gen(throws = String)]
async fn out_of_an_attempt_in_it() -> u32 {
    defer! {
        let _ = attempt! {
            //~ ERROR
            return;
        };
    }
    yield_!(1);
}

/// Nothing is wrong with these.
#[async_gen(throws = String)]
async fn within() -> u32 {
    defer! {
        'within: for number in 0..3 {
            loop {
                match number {
                    0 => break,
                    1 => continue 'within,
                    _ => break 'within,
                }
            }
        }
        let closure = || return 1;
        closure();
    }
    yield_!(1);
}

fn done() -> bool {
    true
}

fn main() {
    let _ = out();
    let _ = out_of_an_attempt_in_it();
    let _ = within();
}
