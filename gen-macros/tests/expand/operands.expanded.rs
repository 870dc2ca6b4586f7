fn logs(
    client: Client,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = Page,
    Sent = (),
    Error = Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<Page, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<Page, Error>,
> {
    let __body: <(Page, (), Error, ()) as ::gen_runtime::__private::Types>::Regions = unsafe {
        <::gen_runtime::__private::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &client;
            if false {
                return __body.never_output();
            }
            ::gen_runtime::__private::Ok('body: {
                {
                    macro_rules! __operand1 {
                        () => {
                            __body.here(if false { break 'body __body.never() })
                            .wait(client.status()). await
                        };
                    }
                    println!("{}", __operand1!());
                };
                {
                    macro_rules! __operand0 {
                        () => {
                            __body.here(if false { break 'body __body.never() })
                            .attempt(async { ::gen_runtime::__private::Ok({ __body
                            .wait(client.ping()). await ? }) }). await
                        };
                    }
                    macro_rules! __operand3 {
                        () => {
                            __body.here(if false { break 'body __body.never() })
                            .wait(client.status()). await
                        };
                    }
                    assert_eq!(__operand0!(), Ok(()), "{}", __operand3!());
                };
            })
        })
}
