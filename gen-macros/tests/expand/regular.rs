#[generator]
fn countdown(from: u32) -> u32 {
    for n in (1..=from).rev() {
        yield_!(n);
    }
}

#[generator(boxed, throws = Error)]
fn walk(tree: &Tree) -> u32 {
    yield_!(tree.value);
    yield_all!(tree.more());
    for child in tree.children() {
        yield_from!(walk(child));
    }
    hidden!(yield_all!(tree.more()));
}

fn block() {
    let squares = generator_block! {
        for n in 0.. {
            yield n * n;
        }
    };
}
