//! An attribute below ours is given the user's own tokens, not what they are lowered to: there is
//! no yield in them that it could take elsewhere.

#![forbid(unsafe_code)]

use gen_runtime::{async_gen, async_gen_block, async_gen_items, pin};
use macro_rules_attribute::apply;

macro_rules! id {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Takes the right to yield out of a lowered body.
macro_rules! steal {
    (fn $name:ident() -> $ret:ty {
        let $body:ident: $ty:ty = $init:expr;
        $same:ident.generator(async move { $($tokens:tt)* })
    }) => {
        fn $name() -> $ret {
            let $body: $ty = $init;
            $same.generator(async move {
                let stolen = $body.yield_([0x41; 64], ());
                let mut inner = pin!(async_gen_block! {
                    #![async_gen(yields = u8)]
                    id!(stolen.await);
                });
                while inner.next().await.is_some() {}
            })
        }
    };
}

//~ ERROR
#[async_gen]
#[apply(steal!)]
async fn below() -> [u64; 64] {
    yield_!([0; 64]);
}

macro_rules! steal_from_module {
    (mod $module:ident { $($tokens:tt)* }) => {
        mod $module { steal! { $($tokens)* } }
    };
}

//~ ERROR
async_gen_items! {
    #[apply(steal_from_module!)]
    mod around {
        #[async_gen]
        async fn items() -> [u64; 64] {
            yield [0; 64];
        }
    }
}

fn main() {}
