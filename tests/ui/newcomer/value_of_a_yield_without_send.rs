use gen_runtime::{async_gen, async_gen_block};

#[async_gen]
async fn items() -> u32 {
    //~ ERROR
    let sent: i32 = yield_!(1);
    let () = yield_!(sent as u32);
    let _: () = yield_!(2);
}

fn main() {
    let _block = async_gen_block! {
        //~ ERROR
        let _sent: i32 = yield 1;
    };
}
