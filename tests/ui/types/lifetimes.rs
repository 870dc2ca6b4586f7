use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
async fn does_not_outlive<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    yield_!(a);
    yield_!(b);
}

#[async_gen]
async fn of_a_local<'a>(_text: &'a str) -> &'a str {
    let local = String::new();
    //~ ERROR
    yield_!(&local);
}

fn main() {}
