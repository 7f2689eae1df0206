import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'matching', name: 'posting', synchronize: false })
export class PostingRow {
  @PrimaryColumn('integer') zone: number;
  @PrimaryColumn('integer') node: number;
  @PrimaryColumn('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @PrimaryColumn('smallint') activity: number;
  @Column('smallint') depth: number;
  @Column('smallint') flags: number;
  @Column('smallint') who: number;
  @Column('integer') proofs: number;
  @Column('real', { name: 'value_min' }) valueMin: number;
  @Column('real', { name: 'value_max' }) valueMax: number;
  @Column('real', { name: 'hours_per_week' }) hoursPerWeek: number;
  @Column('smallint', { name: 'free_from' }) freeFrom: number;
  @Column('real') merit: number;
  @Column('real') x: number;
  @Column('real') y: number;
  @Column('real') z: number;
  @Column('real') reach2: number;
}
