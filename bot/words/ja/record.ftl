# Where a platform stands: /policy on Discord, “policy” to the Mastodon account.

record-title = AIについての{ $platform }の立場
record-since = { $date }から
record-seen = { $date }に初めて確認、いつからかは不明
record-corrected = 訂正：{ $reason }
record-said = { $platform }の発言
record-questions = 未解決の問い
record-latest = 最近の動き
record-unknown = { $platform }についての記録はまだありません。入力中に、知っているサービスが候補に出ます。
command-policy = 立場
command-policy-does = AIについてのサービスの立場：学習、オプトアウト、表示、声。
option-platform-policy = 知りたいサービス。

record-subject-training = あなたの音楽での学習
record-subject-licensing-on = AI向けの提供
record-subject-opting-out = オプトアウト
record-subject-ai-uploads = AIで作られた音楽
record-subject-labels = AI音楽の表示
record-subject-voice-likeness = 声の複製
record-subject-royalties = AI音楽への支払い

record-position-allows = 許可
record-position-allows-unless-you-opt-out = 拒否しない限り許可
record-position-only-with-consent = 同意がある場合のみ
record-position-forbids = 禁止
record-position-limits = 制限あり
record-position-requires = 必須
record-position-marks = サービス側が表示
record-position-offers = 提供あり
record-position-silent = 記載なし
record-position-unknown = 不明
