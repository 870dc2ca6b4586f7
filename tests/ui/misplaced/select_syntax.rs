use gen_runtime::async_gen;

/// The region is not what is wrong.
#[async_gen]
async fn syntax_error_in_a_handler() -> u32 {
    tokio::select! {
        n = std::future::ready(1) => {
            defer! {}
            yield_!(n)
        }
        //~ ERROR
        () = std::future::pending() => { let s = 5 5; }
    }
}

fn main() {}
