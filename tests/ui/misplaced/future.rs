use gen_runtime::async_gen;

#[async_gen]
async fn in_select() -> u32 {
    tokio::select! {
        //~ ERROR
        () = std::future::ready(yield_!(1)) => {}
        () = std::future::ready(()), if yield_!(2) == () => {}
    }
}

#[async_gen]
async fn in_join() -> u32 {
    //~ ERROR
    tokio::join!(async { yield_!(1) });
    //~ ERROR
    tokio::try_join!(std::future::ready(Ok::<_, ()>(yield_!(1)))).unwrap();
}

fn main() {}
