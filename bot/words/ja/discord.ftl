# Discordのコマンドへの返事。

# ---- general

guild-only = これは私がいるサーバーで使えます。そのサーバーを開いて使ってください。
needs-manager = このサーバーに届くものを変えられるのは、*サーバー管理*の権限がある人か、指定されたロールの人だけです。ご自分用には、私とのダイレクトメッセージで /{ command-subscribe } を使ってください。
needs-manage-server = *サーバー管理*の権限がある人だけができます。その人に頼んでください。
trouble = こちらで問題が起き、何も変更されていません。1分後にもう一度お試しください。続くようなら、運営者（/{ command-about }）に「{ $reference }」と伝えてください。
too-slow = 時間がかかりすぎたので中止しました。1分後にもう一度お試しください。
panel-over = このボタンは以前の返事のもので、もう使えません。コマンドをもう一度使ってください。何も失われていません。
list-and = { $first }と{ $last }
by-dm = あなたのダイレクトメッセージ
and-more = { $first } ほか{ $more }件

# ---- what a subscription wants, and when

wants-everything = すべて
wants-one-story = 1つの話題の続報
wants-words = 「{ $words }」を含む
wants-no-words = 「{ $words }」を含まない
when-now = 起きたらすぐ
when-daily = 毎日 { $time }（{ $zone }）
when-weekly = { $day } { $time }（{ $zone }）
when-quiet = 静かな時間 { $begin }–{ $end }（{ $zone }）
with-reminders = 期限のお知らせ
mentions = { $role } にメンション
urgency-now = 起きたらすぐ
urgency-daily = 1日1回まとめて
urgency-weekly = 週1回まとめて
threading-reply = 続報は最初の投稿に返信
threading-thread = 話題ごとにスレッド
day-0 = 月曜日
day-1 = 火曜日
day-2 = 水曜日
day-3 = 木曜日
day-4 = 金曜日
day-5 = 土曜日
day-6 = 日曜日

# ---- subscribing

subscribed = 完了。これから { $place } に届くもの：{ $what } · { $when }。古いものは投稿しません。これまでのものは /{ command-latest } で見られます。変更や終了は /{ command-subscriptions } で。
subscribed-already = { $place } にはこの購読がすでにあります（{ $what } · { $when }）。何も変更していません。
goes-on = 停止していましたが、これから再開します。
unsubscribed = 完了。{ $place } にはもう届きません：{ $what }。
dm-hello = こんにちは！ここに話題が届きます。変更や終了は /{ command-subscriptions }、私が知っていることの削除は /{ command-forget } で。
dm-closed = あなたに直接書き込めません。プライバシー設定でこのサーバー（またはアプリ）からのダイレクトメッセージを許可して、もう一度お試しください。
missing-rights = { $place } にはまだ投稿できません。そこで { $rights } をください（チャンネルの編集 → 権限 → 私のロールを追加）。その後もう一度お試しください。
hint-history = ヒント：そこで*メッセージ履歴を読む*もください。話題の最初の投稿に返信でき、障害の後に届いたかどうか確かめられます。
hint-role = そこでは { $role } にまだ通知できません。誰でもこのロールにメンションできるようにするか、*@everyone、@here、全てのロールにメンション*をください。
never-everyone = 全員へのメンションはしません。別のロールを選ぶか、なしにしてください。
no-such-place = { $place } が見えません。そこで*チャンネルを見る*をください。その後もう一度お試しください。
wrong-place = { $place } には投稿できません。テキスト、アナウンス、フォーラムのチャンネルかスレッドを選んでください。
unknown-platform =
    { $found ->
        [0] 「{ $typed }」というプラットフォームは知りません。空欄ならすべてが対象です。
       *[other] 「{ $typed }」というプラットフォームは知りません。{ $near } のことですか？
    }
unknown-topic =
    { $found ->
        [0] 「{ $typed }」というテーマは知りません。空欄ならすべてが対象です。
       *[other] 「{ $typed }」というテーマは知りません。{ $near } のことですか？
    }
unknown-zone = 「{ $typed }」というタイムゾーンは知りません。{ $near } のように書いてください。
unknown-time = 「{ $typed }」という時刻がわかりません。09:00 のように書いてください。
unknown-quiet = 「{ $typed }」という静かな時間がわかりません。22:00-07:00 のように書いてください。
too-many-words = 多すぎて探せません。{ $most }個まで、それぞれ{ $longest }文字までにしてください。

# ---- the list

subscriptions-title = 購読
no-subscriptions = このサーバーにはまだ何も届きません。/{ command-setup } か、届けたいチャンネルで /{ command-subscribe } を使ってください。
no-own-subscriptions = あなたのダイレクトメッセージにはまだ何も届きません。/{ command-subscribe } を使ってください。
page-of = 全{ $count }件 · { $page }／{ $pages }ページ
pick-one = 下で選ぶと、編集・停止・移動・削除ができます
paused = 停止中：{ $why }
paused-by-you = 再開するまで停止中
paused-notice = { $place } を停止しました：{ $why } 失われるものはありません。その間のものは再開時に投稿します。30日たつとあきらめます。
channel-gone = チャンネルが削除されました。/{ command-subscribe } で別のものを選んでください。
no-such-subscription = ここに「{ $typed }」という購読は見つかりません。入力中に開く一覧から選んでください。
gone-already = この購読はもうありません。/{ command-subscriptions } で今あるものを見られます。
twin = まったく同じ購読がすでにあります。どちらかを削除してください。
now-paused = 停止しました：{ $place } への { $what }。その間のものは後で投稿しません。
now-resumed = 再開しました：{ $place } への { $what }。
brought-back = 元に戻しました：{ $place } への { $what }。
moved = 移動しました：{ $what } はこれから { $place } に届きます。
saved = 保存しました。{ $place }：{ $what }。

# ---- the panel

welcome = { $server } のみなさん、こんにちは！音楽をつくる人のために細かい字を読みます。AIと音楽に関する規約、訴訟、契約、法律が変わったら、正確な文言と双方の言い分を一度だけお知らせします。*サーバー管理*の権限がある人がボタンか /{ command-setup } で始められます。それまでは何も投稿しません。
no-channel-yet = （チャンネルを選択）
panel-wish = { $place }：{ $what } · { $when }
trial =
    { $count ->
       *[other] この30日間なら{ $count }件、週に約{ $week }件届いていました。
    }
trial-few =
    { $count ->
       *[other] この30日間なら{ $count }件、週に1件未満でした。
    }
trial-none = この30日間なら何も届いていませんでした。
menu-channel = どのチャンネル？
menu-platforms = プラットフォーム（なし：すべて）
menu-topics = テーマ（なし：すべて）
menu-urgency = いつ？
menu-role = ロールにメンション？（なし：誰にもしない）
menu-threads = 話題の続報
menu-language = 話題のまわりの言語
menu-subscription = 変更するものを選択
button-setup = 設定する
button-start = 開始
button-save = 保存
button-words = 言葉と時間…
button-more = ロールなど…
button-back = 戻る
button-reminders-on = 期限を知らせる
button-reminders-off = お知らせなし
button-previous = 前へ
button-next = 次へ
button-edit = 編集
button-pause = 停止
button-resume = 再開
button-move = 移動
button-delete = 削除
form-title = 言葉と時間
form-include = どれかの言葉を含むものだけ（コンマ区切り）
form-exclude = この言葉を含むものは除く（コンマ区切り）
form-time = まとめの時刻
form-zone = タイムゾーン
form-quiet = 静かな時間（なしは -）
test-title = 届いていたはずのもの
test-nothing = { $place }：購読がないので、何も届いていませんでした。/{ command-setup } か /{ command-subscribe } を使ってください。

# ---- stories

latest-title = 最新の話題
latest-footer = /{ command-latest } のオプションでプラットフォームやテーマを選べます
nothing-yet = そのような話題はまだありません。プラットフォームやテーマなしで /{ command-latest } をお試しください。
search-title = 「{ $text }」の話題
search-none = 「{ $text }」の話題は見つかりません。言葉を減らすか短くするか、/{ command-latest } をお試しください。
story-unknown = 「{ $typed }」のような話題は知りません。入力中に開く一覧から選ぶか、/{ command-search } を使ってください。
why-title = これを伝えた理由
why-not-title = これを伝えなかった理由
why-unknown = { $address } の記事は見ていません。確かめるか、/{ command-suggest } で情報源を提案してください。
why-topic = テーマ：{ $topic }。対象：{ $platforms }。
why-nothing-named = 特定のプラットフォームなし
why-outlets = 報じた媒体：{ $outlets }
why-evidence = 最初の記事で根拠になったもの：
why-against = 記事に見たもの：
why-here =
    { $count ->
        [0] ここには投稿されていません。
       *[other] ここに{ $count }回投稿されました。
    }
sources-title = 見ているもの
sources-summary =
    { $count ->
       *[other] 情報源{ $count }件：順調{ $well }件、問題あり{ $ill }件。
    }
sources-last = 最後の新着 { $when }
sources-never = まだ読んでいません
sources-page = { $page }／{ $pages }ページ
source-well = 順調
source-ill = 問題あり
source-new = まだ読んでいません
suggested = ありがとうございます。「{ $text }」を運営者のために記録しました。何を見るかは運営者が決めます。
suggested-enough = あなたの提案のうち{ $most }件がまだ見られていません。見られるまでお待ちください。
suggest-empty = 情報源のアドレスか名前を教えてください。

# ---- the server

settings-title = このサーバーの設定
settings-language = 言語
settings-zone = タイムゾーン
settings-role = 購読を管理できる人
settings-only-managers = *サーバー管理*の権限がある人
settings-and-role = *サーバー管理*の権限がある人と { $role }
settings-approval = 承認
settings-approval-off = オフ：話題はすぐに投稿されます
settings-approval-never = { $place } で承認。承認されるまで何も投稿しません
settings-approval-hours =
    { $hours ->
       *[other] { $place } で承認。{ $hours }時間後に自動で投稿します
    }
settings-default = Discordに合わせる
settings-saved = 保存しました。
settings-hours-need-channel = 時間は承認のためのものです。承認用のチャンネルも指定してください。
settings-approval-private = { $place } は誰でも読めます。承認待ちの話題はチームだけが見られるほうがよいです。
settings-role-hint = 隠れたコマンドも見せるには、サーバー設定 → 連携サービスでそのロールを許可してください。
check-title = ここでの権限
check-fine = ✅ { $place }
check-missing = ⚠️ { $place }：そこで { $rights } をください（チャンネルの編集 → 権限 → 私のロールを追加）。
check-gone = ❌ { $place }：なくなったか、見えません。そこで*チャンネルを見る*をくださるか、/{ command-subscriptions } で購読を移動してください。
check-paused = 停止中：{ $why }
check-resumed = これから再開します
check-none = ここにはまだ購読がないので、確かめるものがありません。/{ command-setup } を使ってください。
help-title = できること
help-for-managers = サーバーの管理者向け
help-for-all = みなさん向け
about-what = 音楽をつくる人のために細かい字を読みます。音楽に関わるAIのニュースと規約です。1つの出来事の記事は1つの話題になり、正確な文言と発言者とともに一度だけ伝えます。
about-watch-title = 見ているもの
about-watch =
    { $sources ->
       *[other] { $names }のプラットフォームと団体について、{ $sources }の情報源。
    }
about-never-title = 決してしないこと
about-never = メッセージを読むこと、頼まれずに書くこと、@everyoneへのメンション、同じ話題の繰り返し、誰かの言葉の創作。どの文もリンクした情報源のものです。
about-who-title = 運営者
about-contact = 運営者への連絡先：{ $contact }
about-source = ソースコード：{ $source }
about-version = バージョン { $version }
privacy-title = 保存するもの、しないもの
privacy-not = メッセージは読みません。コマンドやボタンで頼まれたことだけがわかります。
privacy-server = サーバーについて：IDと名前、何をどこで購読したか、設定、私が投稿したメッセージ。
privacy-person = あなたについて：作った購読、「関係ない」の印、追っている話題、提案に付いたあなたのID。名前は、ご自分のダイレクトメッセージに付くもの以外は保存しません。
privacy-end = サーバーが私を外して30日たつと、知っていることを削除します。/{ command-forget } ならあなたやサーバーについてすぐに削除します。
forget-ask-me = あなたについて知っていることをすべて削除しますか？ご自分の購読、追っている話題、印、提案が消えます。サーバーのために設定したものは名前なしで残ります。
forget-ask-server = このサーバーについて知っていることをすべて削除しますか？購読、設定、投稿の記憶が消えます。投稿そのものは残ります。
forget-done-me =
    { $count ->
       *[other] 完了。あなたについてはもう何も知りません。購読{ $count }件を削除しました。
    }
forget-done-server =
    { $count ->
       *[other] 完了。このサーバーについてはもう何も知りません。購読{ $count }件を削除しました。
    }
forget-kept = 何も削除していません。
button-forget = 削除
button-keep = 残す
