use gen_runtime::async_gen_block;

fn types_that_differ() {
    let _block = async_gen_block! {
        yield 1_u32;
        //~ ERROR
        yield "text";
    };
}

fn type_that_nothing_tells() {
    let _block = async_gen_block! {
        //~ ERROR
        for item in Vec::new() {
            yield item;
        }
    };
}

fn main() {}
