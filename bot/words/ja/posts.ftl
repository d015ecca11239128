# What stands around a story in a post.

post-language = ja
post-update = 続報
post-update-of = 続報（{ $turn }）
post-correction = 訂正
post-turn-denial = 否定
post-turn-clarification = 説明
post-turn-correction = 訂正
post-turn-reversal = 撤回
post-turn-ruling = 判決
post-turn-settlement = 和解
post-turn-new-text = 新しい文言
post-turn-effect-date = 日付決定
post-turn-apology = 謝罪
post-turn-refusal = 拒否
post-turn-motion = 申し立て
post-turn-hearing = 審理
post-turn-appeal = 控訴
post-turn-amended-claim = 訴状の変更
post-turn-vote = 採決
post-turn-takedown = 削除
post-turn-reaction = 反応
post-developing = 続報待ち：今のところ報道は一社のみ。
post-other-side = もう一方の主張
post-still-open = 未解決の点
post-to-do = できること
post-wording = 条文
post-now = 現在
post-before = 以前
post-corrected = 訂正
post-sources =
    { $count ->
       *[other] 情報源
    }
post-more = ほか{ $count }件
post-deadline = 期限
post-deadline-effect = 発効
post-deadline-opt-out = オプトアウト期限
post-deadline-consultation = 意見募集の締切
post-deadline-other = 期限
post-reminder = リマインダー
post-digest = AIと音楽のニュース{ $count }件
post-digest-also = その他
post-notice = ボットから
post-page = 記事ページ
post-topic-terms-training = 規約と学習
post-topic-opt-out = オプトアウト
post-topic-licensing-deal = ライセンス契約
post-topic-lawsuit = 訴訟
post-topic-legislation = 法律
post-topic-labelling-or-ban = 表示と禁止
post-topic-voice-likeness = 声と肖像
post-topic-royalties-fraud = 印税と不正
post-topic-campaign = キャンペーン
post-topic-guidance = 指針

# Buttons under a post: at most 80 characters, better a word or two.

button-sources = 情報源
button-history = 経緯
button-why = 理由
button-irrelevant = 関係ない
button-follow = 追う
button-mute = 消音
button-calendar = カレンダー
button-undo = 元に戻す
button-approve = 承認
button-headline = 見出し
button-skip = 見送る
button-open-calendar = Googleカレンダーで開く

# Answers to a press on one of them, seen by that person alone.

answer-gone = この記事はもうありません。/latest をお試しください。
answer-sources = 報じた媒体（早い順）：
answer-history = { $platform } とAI（記録にある範囲）：
answer-history-none = { $platforms } については、この話題のほかに記録がまだありません。
answer-no-platform = この話題には、記録しているプラットフォームが出てきません。
answer-why = これが表示される理由：
answer-why-story = トピック：{ $topic }。対象：{ $platforms }。報道数：{ $outlets }。
answer-why-place = ここで購読されている内容：{ $wanted }。
answer-everything = すべて
answer-why-evidence = 最初の報道で根拠となった点：
answer-irrelevant = 受け付けました。運営者が確認します。投稿は他の人のために残ります。
answer-irrelevant-again = すでに受け付けています。
answer-undone = 取り消しました。
answer-followed = 了解しました。続報があればDMでお知らせします。このサーバーからのDMを許可してください。
answer-follows-already = すでにこの話題を追っています。
answer-unfollowed = この話題を追うのをやめました。
answer-muted = { $place } ではこの話題の続報を流しません。
answer-unmuted = { $place } で続報を再開します。
answer-mute-managers = 全員に対して消音できるのは「サーバー管理」権限を持つ人だけです。
answer-mute-nowhere = ここには購読がないため、消音するものがありません。
answer-calendar = { $what }：{ $when }。ファイルを開くとカレンダーに追加できます。
answer-no-deadline = この話題の日付は今のところ分かりません。
answer-trouble = こちらの問題で何も変更されませんでした。少し待ってからもう一度お試しください。

# A story's card for those who decide whether it goes out.

approval-waits = 承認待ちです。
approval-approved = { $who } が承認しました
approval-skipped = { $who } が見送りました
approval-released = 期限内に決定がなかったため、自動で投稿されました。
approval-decision = 判断
button-unfollow = 追うのをやめる
approval-done = 承認しました。投稿します。
approval-skip-done = 見送りました。ここには投稿しません。
approval-too-late = すでに決定済みです。
approval-managers = 決定できるのは「サーバー管理」権限を持つ人だけです。
approval-headline-title = 見出しを編集
approval-headline-field = 見出し
