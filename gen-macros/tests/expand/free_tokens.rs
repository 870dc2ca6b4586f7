async_gen_items! {
    #[async_gen]
    async fn items(n: u32) -> u32 {
        yield n + 1;
        println!("{}", yield n * 2, n);
        for await item in other(n) {
            yield item;
        }
    }
}

fn block() {
    let block = async_gen_block! {
        #![async_gen(throws = Error)]
        'outer: for await item in other(n) {
            yield item?;
        }
    };
}
