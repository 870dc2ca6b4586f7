use gen_runtime::async_gen_block;

fn main() {
    let _unknown = async_gen_block! {
        //~ ERROR
        #![async_gen(yeilds = u8)]
        yield 1;
    };
    let _without_value = async_gen_block! {
        //~ ERROR
        #![async_gen(throws)]
        yield 1;
    };
    let _without_arguments = async_gen_block! {
        //~ ERROR
        #![async_gen]
        yield 1;
    };
}
