// The bound is reported again for the future that `closing` returns, as for any `async fn`.

use gen_runtime::{async_gen, closing};

#[async_gen(throws = String)]
async fn items() -> u32 {
    yield_!(1);
}

async fn first() -> Option<Result<u32, String>> {
    //~ ERROR ERROR ERROR
    closing(items(), async |items| items.next().await).await
}

fn main() {
    let _ = first();
}
