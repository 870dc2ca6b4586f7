//! The macro that the attribute leaves in the place of a body: called by hand, and with what another
//! attribute puts into it, it takes no tokens that could begin an expression around the body.

#![forbid(unsafe_code)]

use std::ops::Shl;

use gen_runtime::async_gen;
use macro_rules_attribute::apply;

/// Is given whatever stands on its right.
struct Takes;

impl<F: AsyncFn()> Shl<F> for Takes {
    type Output = ();

    fn shl(self, _body: F) {}
}

fn by_hand() {
    let _ = gen_runtime::async_gen_body! {
        //~ ERROR
        [yields = [u64; 64], send = (),] [] () [Takes << async move ||] { yield_!([0x41; 64]); }
    };
    //~ ERROR
    let _ = gen_runtime::async_gen_body! {
        //~ ERROR
        [crate = gen_runtime::<{ 1 }>, yields = u8] [] () [] { yield_!(1); }
    };
    let _ = gen_runtime::async_gen_body! {
        //~ ERROR
        [yields = u8] [] (Takes << async move ||) [] { yield_!(1); }
    };
    let _ = gen_runtime::async_gen_body! {
        //~ ERROR
        [yields = u8] [Takes << async move ||] () [] { yield_!(1); }
    };
}

macro_rules! insert {
    (fn $name:ident() -> $ret:ty {
        ::gen_runtime::async_gen_body! { $args:tt $origin:tt $captures:tt [] $body:tt }
    }) => {
        fn $name() -> $ret {
            ::gen_runtime::async_gen_body! {
                //~ ERROR
                $args $origin $captures [Takes << async move ||] $body
            }
        }
    };
}

#[async_gen]
#[apply(insert!)]
async fn below() -> [u64; 64] {
    yield_!([0x41; 64]);
}

fn main() {}
