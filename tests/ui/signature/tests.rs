use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
#[test]
async fn test() -> u32 {
    yield_!(1);
}

#[async_gen]
//~ ERROR
#[tokio::test]
async fn tokio_test() -> u32 {
    yield_!(1);
}

//~ ERROR
#[tokio::test]
#[async_gen]
async fn tokio_test_above() -> u32 {
    yield_!(1);
}

#[async_gen]
//~ ERROR
#[tokio::main]
async fn tokio_main() -> u32 {
    yield_!(1);
}

fn main() {
    let _ = (test(), tokio_test(), tokio_main());
}
