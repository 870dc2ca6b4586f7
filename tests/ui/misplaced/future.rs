use gen_runtime::async_gen;

#[async_gen]
async fn in_select() -> u32 {
    tokio::select! {
        //~ ERROR
        () = async { yield_!(1) } => {}
        () = std::future::ready(()) => {}
    }
}

#[async_gen]
async fn in_join() -> u32 {
    //~ ERROR
    tokio::join!(async { yield_!(1) });
    //~ ERROR
    futures::try_join!(async { Ok::<_, ()>(yield_!(1)) }).unwrap();
}

fn main() {}
